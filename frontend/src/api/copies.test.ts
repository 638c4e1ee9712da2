import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeCaches } from '@/workers/fakeCaches'
import { belongTo, COPIED_AT, forgetCopies, recallCopy } from './copies'
import { onAnswer, send } from './http'

const network = vi.fn<typeof fetch>()
const noted = vi.fn<(copiedAt: string | null) => void>()
const read = (path = '/api/home', options?: RequestInit) =>
  send(new Request(new URL(path, location.href), options))
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

beforeEach(async () => {
  localStorage.clear()
  document.cookie = 'csrftoken=abc'
  network.mockReset()
  noted.mockReset()
  onAnswer(noted)
  network.mockImplementation(async () => new Response('{"by":"server"}'))
  vi.stubGlobal('fetch', network)
  vi.stubGlobal('caches', new FakeCaches())
  await belongTo('mira')
  return () => vi.unstubAllGlobals()
})

async function copied(path?: string): Promise<void> {
  await read(path)
  await settled()
  network.mockRejectedValue(new TypeError('offline'))
}

describe('a copy', () => {
  it('answers while the server is away, and says how old it is', async () => {
    await copied()
    const answer = await read()
    expect(await answer.json()).toEqual({ by: 'server' })
    expect(noted.mock.calls.map(([time]) => time)).toEqual([null, answer.headers.get(COPIED_AT)])
  })

  it('answers for a server whose front door answers alone', async () => {
    await copied()
    network.mockResolvedValue(new Response('', { status: 503 }))
    expect((await read()).ok).toBe(true)
  })

  it('gives way to the server', async () => {
    await copied()
    network.mockResolvedValue(new Response('{"by":"server, later"}'))
    expect(await (await read()).json()).toEqual({ by: 'server, later' })
  })

  it('is of no use where only the present counts', async () => {
    await copied()
    const request = new Request(new URL('/api/home', location.href))
    // The stand-in for a browser does not know this option.
    Object.defineProperty(request, 'cache', { value: 'no-store' })
    await expect(send(request)).rejects.toMatchObject({ code: 'offline' })
  })

  it('is never made of what a grant may take back', async () => {
    network.mockImplementation(async () => new Response('{}', { headers: { 'X-No-Copy': '1' } }))
    await copied('/api/athletes/a/workouts')
    await expect(read('/api/athletes/a/workouts')).rejects.toMatchObject({ code: 'offline' })
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('never stands in for a %s', async (method) => {
    await read('/api/home', { method })
    await copied()
    await expect(read('/api/home', { method })).rejects.toMatchObject({ code: 'offline' })
  })

  it('is not made of a refusal', async () => {
    network.mockResolvedValueOnce(new Response('{}', { status: 404 }))
    await copied()
    await expect(read()).rejects.toMatchObject({ code: 'offline' })
  })

  it('is not made of anything but the API', async () => {
    await copied('/_allauth/browser/v1/auth/session')
    await expect(read('/_allauth/browser/v1/auth/session')).rejects.toMatchObject({ code: 'offline' })
  })
})

describe('the copies of one account', () => {
  it('are gone after it signs out', async () => {
    await copied()
    await forgetCopies()
    await expect(read()).rejects.toMatchObject({ code: 'offline' })
    await belongTo('mira')
    await expect(read()).rejects.toMatchObject({ code: 'offline' })
  })

  it('are gone when another one comes', async () => {
    await copied()
    expect(await belongTo('noor')).toBe(false)
    await expect(read()).rejects.toMatchObject({ code: 'offline' })
  })

  it('stay when the same one comes back', async () => {
    await copied()
    expect(await belongTo('mira')).toBe(true)
    expect((await read()).ok).toBe(true)
  })

  it('take no answer that was asked for before it signed out', async () => {
    let arrive: (answer: Response) => void = () => undefined
    network.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)))
    const late = read()
    await forgetCopies()
    await belongTo('noor')
    arrive(new Response('{"of":"mira"}'))
    await late
    await settled()
    expect(await recallCopy(new Request(new URL('/api/home', location.href)))).toBeUndefined()
  })

  it('stop at a number that a device can bear', async () => {
    for (let i = 0; i <= 201; i++) await read(`/api/sets/${i}`)
    await copied()
    await expect(read('/api/sets/0')).rejects.toMatchObject({ code: 'offline' })
    expect((await read('/api/sets/201')).ok).toBe(true)
  })
})
