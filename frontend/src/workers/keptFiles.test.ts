import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeCaches } from './fakeCaches'
import { KeptFiles } from './keptFiles'
import { isPage } from './pages'

const caches = () => new FakeCaches()
const network = vi.fn<typeof fetch>()
const text = async (answer: Promise<Response>) => (await answer).text()

beforeEach(() => {
  network.mockReset()
  network.mockImplementation(async (path) => new Response(`network ${String(path)}`))
  vi.stubGlobal('fetch', network)
  return () => vi.unstubAllGlobals()
})

describe('KeptFiles', () => {
  const files = [
    { url: 'index.html', revision: '1' },
    { url: 'assets/a-1x.js', revision: null },
  ]

  it('fetches everything once', async () => {
    const kept = new KeptFiles('shell', files, caches())
    await kept.fill()
    await kept.fill()
    expect(network.mock.calls.map(([path]) => path)).toEqual(['/index.html', '/assets/a-1x.js'])
  })

  it('fetches no more than is wanted', async () => {
    const device = caches()
    await new KeptFiles('shell', files, device).fill((path) => path !== '/index.html')
    expect(device.addresses('shell')).toEqual(['/assets/a-1x.js'])
  })

  it('answers without the network once it has a file', async () => {
    const kept = new KeptFiles('shell', files, caches())
    await kept.fill()
    network.mockRejectedValue(new TypeError('offline'))
    expect(await text(kept.answer('/index.html'))).toBe('network /index.html')
  })

  it('keeps a file that is asked for before it was filled', async () => {
    const kept = new KeptFiles('models', files, caches())
    await kept.answer('/index.html')
    await kept.answer('/index.html')
    expect(network).toHaveBeenCalledOnce()
  })

  it('keeps no refusal', async () => {
    network.mockResolvedValueOnce(new Response('', { status: 503 }))
    const kept = new KeptFiles('shell', files, caches())
    expect((await kept.answer('/index.html')).status).toBe(503)
    expect(await text(kept.answer('/index.html'))).toBe('network /index.html')
  })

  it('is not complete without a file that the server refuses', async () => {
    network.mockResolvedValueOnce(new Response('', { status: 404 }))
    await expect(new KeptFiles('shell', files, caches()).fill()).rejects.toThrow(
      '/index.html: the server answered 404',
    )
  })

  it('replaces only what an update changed, and leaves the old version its own until it is tidied away', async () => {
    const device = caches()
    const old = new KeptFiles('shell', files, device)
    await old.fill()
    network.mockClear()
    network.mockImplementation(async () => new Response('second'))
    const next = new KeptFiles('shell', [{ url: 'index.html', revision: '2' }, files[1]!], device)
    await next.fill()
    expect(network.mock.calls.map(([path]) => path)).toEqual(['/index.html'])
    expect(await text(old.answer('/index.html'))).toBe('network /index.html')
    expect(await text(next.answer('/index.html'))).toBe('second')
    await next.tidy()
    expect(device.addresses('shell')).toEqual(['/assets/a-1x.js', '/index.html?v=2'])
  })

  it('works on with the network where the device keeps nothing', async () => {
    const full = caches()
    full.isFull = true
    const kept = new KeptFiles('shell', files, full)
    expect(await text(kept.answer('/index.html'))).toBe('network /index.html')
  })
})

describe('isPage', () => {
  it.each(['/', '/train', '/workouts/42', '/index.html', '/apiary'])('%s is', (path) =>
    expect(isPage(path)).toBe(true),
  )
  it.each(['/api/me', '/_allauth/browser/v1/config', '/admin/', '/healthz', '/models/x', '/sw.js'])(
    '%s is not',
    (path) => expect(isPage(path)).toBe(false),
  )
})
