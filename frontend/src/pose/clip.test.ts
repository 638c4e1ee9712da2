import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClipBuffer, ClipError, decodeClip, encodeClip, MAX_FRAMES, type ClipContent } from './clip'
import { crc32 } from './crc32'
import type { Pose, StampedFrame } from './frame'

const fixture = (name: string) => readFileSync(resolve(process.cwd(), '../tests/fixtures', name))

interface GoldenClip {
  estimator: 'posenet_mobilenet_075'
  width_px: number
  height_px: number
  frames: { t_ms: number; keypoints: number[][] }[]
}

/** A pose whose every number is different, so that a swap shows. */
const pose = (seed = 0): Pose => Float32Array.from({ length: 51 }, (_, i) => ((seed + i * 7) % 52) / 52)
const frame = (tMs: number, size = { widthPx: 640, heightPx: 480 }): StampedFrame => ({
  tMs,
  pose: pose(tMs),
  estimator: 'posenet_mobilenet_075',
  ...size,
})
const content = (change: Partial<ClipContent> = {}): ClipContent => ({
  estimator: 'posenet_mobilenet_075',
  widthPx: 640,
  heightPx: 480,
  frames: [
    { tMs: 120_000, pose: pose(1) },
    { tMs: 120_040, pose: pose(2) },
  ],
  ...change,
})
const buffer = (options = {}) => new ClipBuffer({ originMs: 0, ...options })
const times = (bytes: Uint8Array) => decodeClip(bytes).frames.map(({ tMs }) => tMs)

describe('crc32', () => {
  it('has the check value of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})

describe('encodeClip', () => {
  it("reads the server's golden clip and writes the same bytes again", () => {
    const bytes = encodeClip(decodeClip(fixture('clip_v1.bin')))
    expect(Buffer.from(bytes).equals(fixture('clip_v1.bin'))).toBe(true)
  })

  it('says what the golden clip says in JSON, to within one step', () => {
    const golden = JSON.parse(fixture('clip_v1.json').toString()) as GoldenClip
    const frames = golden.frames.map(({ t_ms, keypoints }) => ({
      tMs: t_ms,
      pose: Float32Array.from(keypoints.flat()),
    }))
    const { estimator, width_px: widthPx, height_px: heightPx } = golden
    const bytes = encodeClip({ estimator, widthPx, heightPx, frames })
    const expected = decodeClip(fixture('clip_v1.bin'))
    const read = decodeClip(bytes)
    expect({ ...read, frames: [] }).toEqual({ ...expected, frames: [] })
    expect(read.frames.map(({ tMs }) => tMs)).toEqual(expected.frames.map(({ tMs }) => tMs))
    read.frames.forEach(({ pose: numbers }, i) =>
      numbers.forEach((number, j) => {
        // Where a product falls on a half, single and double precision round to different sides.
        const step = [1 / (4 * widthPx), 1 / (4 * heightPx), 1 / 63][j % 3]
        expect(Math.abs(number - expected.frames[i].pose[j])).toBeLessThan(step * 1.01)
      }),
    )
  })

  it('keeps positions within an eighth of a pixel and scores within half of 1/63', () => {
    const { frames } = decodeClip(encodeClip(content()))
    expect(frames.map(({ tMs }) => tMs)).toEqual([120_000, 120_040])
    const { widthPx, heightPx } = content()
    pose(2).forEach((value, i) => {
      const half = [1 / (8 * widthPx), 1 / (8 * heightPx), 1 / 126][i % 3]
      expect(Math.abs(frames[1].pose[i] - value)).toBeLessThanOrEqual(half + (i % 3 === 2 ? 1 / 510 : 1e-5))
    })
  })

  it('clamps to the edge of the picture', () => {
    const outside = new Float32Array(51).fill(-0.2, 0, 1).fill(1.4, 1, 2)
    const [{ pose: read }] = decodeClip(encodeClip(content({ frames: [{ tMs: 0, pose: outside }] }))).frames
    expect([read[0], read[1]]).toEqual([0, 1])
  })

  it.each([
    ['width_px', { widthPx: 0 }],
    ['height_px', { heightPx: 16_385 }],
    ['height_px', { heightPx: 1.5 }],
    ['frames', { frames: [] }],
    ['frames', { frames: Array.from({ length: MAX_FRAMES + 1 }, (_, i) => ({ tMs: i, pose: pose() })) }],
    ['start_ms', { frames: [{ tMs: 4 * 3_600_000 + 1, pose: pose() }] }],
    ['start_ms', { frames: [{ tMs: -1, pose: pose() }] }],
    ['frames[1].dt_ms', { frames: [5, 5].map((tMs) => ({ tMs, pose: pose() })) }],
    ['frames[1].dt_ms', { frames: [0, 5_001].map((tMs) => ({ tMs, pose: pose() })) }],
    ['frames[0].keypoints', { frames: [{ tMs: 0, pose: new Float32Array(50) }] }],
    ['frames[0].keypoints[1][2]', { frames: [{ tMs: 0, pose: pose().fill(NaN, 5, 6) }] }],
    ['estimator', { estimator: 'blazepose' as 'other' }],
  ])('names %s when it cannot be said', (field, change) => {
    expect(() => encodeClip(content(change))).toThrow(expect.objectContaining({ name: 'ClipError', field }))
  })
})

describe('decodeClip', () => {
  it.each([
    ['magic', 0],
    ['version', 4],
    ['keypoints', 6],
    ['flags', 7],
    ['size', 8],
    ['crc32', 40],
  ])('refuses a changed byte: %s', (field, at) => {
    const bytes = encodeClip(content())
    bytes[at] ^= 1
    expect(() => decodeClip(bytes)).toThrow(expect.objectContaining({ field }))
  })

  it('refuses a clip that was cut off', () => {
    expect(() => decodeClip(encodeClip(content()).subarray(0, 100))).toThrow(ClipError)
    expect(() => decodeClip(new Uint8Array(3))).toThrow('size')
  })
})

describe('ClipBuffer', () => {
  it('cuts a clip as soon as it is long enough and numbers them from 0', () => {
    const clips = buffer({ maxMs: 1_000 })
    const cut = [0, 500, 1_000, 1_500, 2_000, 2_500].map((tMs) => clips.push(frame(tMs)))
    expect(cut.map((clip) => clip?.index)).toEqual([undefined, undefined, 0, undefined, undefined, 1])
    expect(times(cut[5]!.bytes)).toEqual([1_500, 2_000, 2_500])
    expect(clips.count).toBe(2)
    expect(clips.flush()).toBeNull()
  })

  it('counts time from the start of the set and leaves out earlier frames', () => {
    const clips = buffer({ originMs: 10_000.4 })
    for (const tMs of [9_000, 10_000.4, 10_083.7]) clips.push(frame(tMs))
    expect(times(clips.flush()!.bytes)).toEqual([0, 83])
  })

  it('leaves out frames that fall on the same ms or run backwards', () => {
    const clips = buffer()
    for (const tMs of [0, 40, 40.3, 20, 80]) clips.push(frame(tMs))
    expect(times(clips.flush()!.bytes)).toEqual([0, 40, 80])
  })

  it('starts a new clip after a gap that no clip can hold', () => {
    const clips = buffer({ maxMs: 5_000 })
    clips.push(frame(0))
    expect(times(clips.push(frame(5_001))!.bytes)).toEqual([0])
    expect(times(clips.flush()!.bytes)).toEqual([5_001])
  })

  it('starts a new clip when the picture is turned', () => {
    const clips = buffer()
    clips.push(frame(0))
    const first = clips.push(frame(40, { widthPx: 480, heightPx: 640 }))!
    expect(decodeClip(first.bytes).widthPx).toBe(640)
    expect(decodeClip(clips.flush()!.bytes).widthPx).toBe(480)
  })

  it('starts a new clip when another estimator takes over, and stamps each with its own', () => {
    const clips = buffer()
    clips.push(frame(0))
    const first = clips.push({ ...frame(40), estimator: 'movenet_lightning' })!
    expect(decodeClip(first.bytes).estimator).toBe('posenet_mobilenet_075')
    expect(decodeClip(clips.flush()!.bytes).estimator).toBe('movenet_lightning')
  })

  it('never holds more than 300 frames', () => {
    const clips = buffer({ maxMs: 5_000 })
    const cut = Array.from({ length: 301 }, (_, i) => clips.push(frame(i))).filter((clip) => clip !== null)
    expect(cut.map((clip) => clip.frames)).toEqual([300])
  })

  it('keeps its own copy of a pose, since workers reuse theirs', () => {
    const clips = buffer()
    const reused = frame(0)
    clips.push(reused)
    const before = reused.pose.slice()
    reused.pose.fill(0)
    expect(decodeClip(clips.flush()!.bytes).frames[0].pose[4]).toBeCloseTo(before[4], 3)
  })
})
