import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DecodedFilm } from './decodedFilm'
import type { Shutter } from './preprocess'

/** A film as mediabunny decodes it. `until`: the first picture that cannot be decoded. */
const film = {
  isKnown: true,
  canDecode: true,
  firstS: 0,
  until: Infinity,
  hasAlpha: false,
  wanted: [] as number[],
  closed: 0,
  released: 0,
}

vi.mock('mediabunny', () => ({
  ...{ MP4: 0, QTFF: 1, WEBM: 2, MATROSKA: 3 },
  BlobSource: vi.fn(),
  Input: class {
    getPrimaryVideoTrack() {
      if (!film.isKnown) throw new Error('unknown container')
      return { canDecode: () => film.canDecode, getFirstTimestamp: () => film.firstS }
    }
    dispose = () => void film.released++
  },
  VideoSampleSink: class {
    async *samplesAtTimestamps(timesS: number[]) {
      for (const [i, timeS] of timesS.entries()) {
        if (i >= film.until) throw new Error('damaged')
        film.wanted.push(timeS)
        const { hasAlpha } = film
        const close = () => void film.closed++
        yield { displayWidth: 1080, displayHeight: 1920, hasAlpha, close, draw: vi.fn() }
      }
    }
  },
}))

const draw = vi.fn((widthPx: number, heightPx: number) => ({ image: {}, widthPx, heightPx }))
const shutter = { draw } as unknown as Shutter
const open = (timesS = [0, 0.1, 0.2]) => DecodedFilm.open(new File(['x'], 'squat.mp4'), timesS)

describe('DecodedFilm', () => {
  beforeEach(() => {
    const fresh = { isKnown: true, canDecode: true, firstS: 0, until: Infinity, hasAlpha: false }
    Object.assign(film, { ...fresh, wanted: [], closed: 0, released: 0 })
    vi.stubGlobal('VideoDecoder', vi.fn())
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('gives the pictures in order, as they are to be seen, and keeps none', async () => {
    const read = (await open())!
    for (let i = 0; i < 3; i++) {
      expect(await read.next(shutter)).toMatchObject({ widthPx: 1080, heightPx: 1920 })
    }
    expect(film.wanted).toEqual([0, 0.1, 0.2])
    expect(film.closed).toBe(3)
  })

  it('shows the first picture until it is due', async () => {
    film.firstS = 0.15
    const read = (await open())!
    for (let i = 0; i < 3; i++) await read.next(shutter)
    expect(film.wanted).toEqual([0.15, 0.15, 0.2])
  })

  it.each([
    ['the browser has no decoder', () => vi.stubGlobal('VideoDecoder', undefined), 0],
    ['the decoder does not know the codec', () => (film.canDecode = false), 1],
    ['nobody knows the container', () => (film.isKnown = false), 1],
  ])('opens nothing where %s', async (_, arrange, released) => {
    arrange()
    expect(await open()).toBeNull()
    expect(film.released).toBe(released)
  })

  it('gives up at the first picture that is damaged, for good', async () => {
    film.until = 1
    const read = (await open())!
    expect(await read.next(shutter)).not.toBeNull()
    expect(await read.next(shutter)).toBeNull()
    expect(await read.next(shutter)).toBeNull()
    expect(film.released).toBeGreaterThan(0)
  })

  it('leaves transparent pictures to a player', async () => {
    film.hasAlpha = true
    expect(await (await open())!.next(shutter)).toBeNull()
    expect(film.closed).toBe(1)
  })

  it('does not wait for a decoder that was taken away', async () => {
    const read = (await open())!
    vi.useFakeTimers()
    const samples = (read as unknown as { samples: AsyncGenerator }).samples
    vi.spyOn(samples, 'next').mockReturnValue(new Promise(() => undefined))
    const shot = read.next(shutter)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await shot).toBeNull()
  })
})
