// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Picture } from './frameSource'
import { DecodedFilm } from './decodedFilm'
import { VideoFileSource } from './videoFileSource'

/** A file as a browser plays it. `brokenAtS`: from there on nothing can be decoded. */
interface Content {
  widthPx?: number
  durationS?: number
  reported?: number
  brokenAtS?: number
}

class FakeVideo extends EventTarget {
  muted = false
  playsInline = false
  preload = ''
  srcObject: unknown = null
  readyState = 4
  videoWidth = 0
  videoHeight = 480
  duration = NaN
  load = vi.fn()
  readonly seeks: number[] = []
  private timeS = 0
  private address: string | null = null

  constructor(private readonly content: Content | null) {
    super()
  }
  getAttribute = () => this.address
  removeAttribute = () => void (this.address = null)
  set src(url: string) {
    this.address = url
    queueMicrotask(() => this.read())
  }
  get currentTime() {
    return this.timeS
  }
  set currentTime(wanted: number) {
    const { durationS = 1, brokenAtS = Infinity } = this.content ?? {}
    this.timeS = Math.min(wanted, durationS)
    this.seeks.push(wanted)
    if (wanted > 1_000) this.duration = durationS
    const event = this.timeS >= brokenAtS ? 'error' : 'seeked'
    queueMicrotask(() => this.dispatchEvent(new Event(event)))
  }
  private read() {
    if (!this.content) return this.dispatchEvent(new Event('error'))
    const { widthPx = 640, durationS = 1, reported = durationS } = this.content
    this.videoWidth = widthPx
    this.duration = reported
    this.dispatchEvent(new Event('loadedmetadata'))
    return widthPx && this.dispatchEvent(new Event('loadeddata'))
  }
}

const open = async (content: Content | null, fps = 10) => {
  const video = new FakeVideo(content)
  const source = await VideoFileSource.open(
    new File(['x'], 'squat.mp4'),
    fps,
    video as unknown as HTMLVideoElement,
  )
  return { video, source }
}

describe('VideoFileSource', () => {
  const revoke = vi.fn()

  beforeEach(() => {
    revoke.mockClear()
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        width = 0
        height = 0
        getContext = () => ({ drawImage: vi.fn() })
        transferToImageBitmap = () => ({ width: this.width, height: this.height, close: vi.fn() })
      },
    )
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1')
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(revoke)
  })
  afterEach(() => void vi.unstubAllGlobals())

  it('says what the file is', async () => {
    const { source } = await open({ durationS: 2.55 })
    expect(source.info).toEqual({
      name: 'squat.mp4',
      widthPx: 640,
      heightPx: 480,
      durationMs: 2_550,
      frameCount: 25,
    })
  })

  it('visits every step of the file, waiting for each picture to be used', async () => {
    const { source, video } = await open({ durationS: 0.5 })
    const shares: number[] = []
    const pictures: Picture[] = []
    let inWork = 0
    await source.run(
      async (picture) => {
        expect(++inWork).toBeLessThanOrEqual(2)
        await Promise.resolve()
        pictures.push(picture)
        inWork--
      },
      { signal: new AbortController().signal, onProcessor: true, onProgress: (share) => shares.push(share) },
    )
    expect(pictures.map(({ tMs }) => tMs)).toEqual([0, 100, 200, 300, 400])
    expect(pictures[0]).toMatchObject({ widthPx: 640, heightPx: 480, image: { width: 514, height: 386 } })
    expect(video.seeks.map((s) => s.toFixed(3))).toEqual(['0.001', '0.101', '0.201', '0.301', '0.401'])
    expect(shares).toEqual([0.2, 0.4, 0.6, 0.8, 1])
  })

  it('hands the next picture on, and no more, while one is in work', async () => {
    const { source, video } = await open({ durationS: 0.5 })
    const dones: (() => void)[] = []
    const consume = vi.fn(() => new Promise<void>((resolve) => dones.push(resolve)))
    const abort = new AbortController()
    const run = source.run(consume, { signal: abort.signal, onProcessor: true })
    await vi.waitFor(() => expect(video.seeks).toHaveLength(2))
    await new Promise((resolve) => setTimeout(resolve))
    expect(video.seeks).toHaveLength(2)
    expect(consume).toHaveBeenCalledTimes(2)
    abort.abort()
    dones.forEach((done) => done())
    await run
    expect(consume).toHaveBeenCalledTimes(2)
  })

  it('decodes what it can, and has a player show the rest and where it ended', async () => {
    const { source, video } = await open({ durationS: 0.5 })
    const close = vi.fn()
    const image = { width: 514, height: 386, close: vi.fn() } as unknown as ImageBitmap
    const decoded = [0, 1, 2].map(() => ({ image, widthPx: 640, heightPx: 480 }))
    const next = vi.fn(async () => decoded.shift() ?? null)
    vi.spyOn(DecodedFilm, 'open').mockResolvedValue({ next, close } as unknown as DecodedFilm)
    const pictures: Picture[] = []
    await source.run(async (picture) => void pictures.push(picture), {
      signal: new AbortController().signal,
      onProcessor: true,
      fromMs: 0,
    })
    expect(pictures.map(({ isUnseen }) => isUnseen)).toEqual([true, true, true, false, false])
    expect(pictures.map(({ tMs }) => tMs)).toEqual([0, 100, 200, 300, 400])
    expect(video.seeks.map((s) => s.toFixed(3))).toEqual(['0.301', '0.401', '0.401'])
    expect(close).toHaveBeenCalled()
  })

  it('passes on what went wrong with a picture', async () => {
    const { source } = await open({ durationS: 0.5 })
    const consume = vi.fn(() => Promise.reject(new Error('no pose')))
    const run = source.run(consume, { signal: new AbortController().signal, onProcessor: true })
    await expect(run).rejects.toThrow('no pose')
    expect(consume.mock.calls.length).toBeLessThanOrEqual(2)
  })

  it('looks for the end of a recording that does not know its length', async () => {
    const { source } = await open({ durationS: 3, reported: Infinity })
    expect(source.info.durationMs).toBe(3_000)
  })

  it('stops when told to', async () => {
    const { source } = await open({ durationS: 1 })
    const abort = new AbortController()
    const consume = vi.fn(async () => abort.abort())
    await source.run(consume, { signal: abort.signal, onProcessor: true })
    expect(consume).toHaveBeenCalledOnce()
  })

  it.each([
    ['video_unreadable', null, 'MP4 with H.264 or WebM'],
    ['video_no_picture', { widthPx: 0 }, 'only sound'],
    ['video_unreadable', { durationS: 0 }, 'squat.mp4'],
  ])('refuses with %s and lets go of the file', async (code, content, words) => {
    await expect(open(content)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    })
    expect(revoke).toHaveBeenCalledWith('blob:1')
  })

  it('says how far a damaged file could be read', async () => {
    const { source } = await open({ durationS: 1, brokenAtS: 0.35 })
    const consume = vi.fn(async () => undefined)
    const run = source.run(consume, { signal: new AbortController().signal, onProcessor: true })
    await expect(run).rejects.toMatchObject({
      code: 'video_stalled',
      message: 'squat.mp4 is damaged or incomplete: it could be read up to 0.4 s.',
    })
    expect(consume).toHaveBeenCalledTimes(4)
  })

  it('leaves an element alone that shows something else by now', async () => {
    const { source, video } = await open({})
    source.close()
    expect(video.load).toHaveBeenCalledOnce()
    source.close()
    expect(video.load).toHaveBeenCalledOnce()
  })
})
