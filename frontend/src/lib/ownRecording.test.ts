import { expect, it } from 'vitest'
import { decodeClip } from '@/pose/clip'
import type { StampedFrame } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'
import { filmOfFrames, packed } from './ownRecording'

const frame = (tMs: number, more: Partial<StampedFrame> = {}): StampedFrame => ({
  tMs,
  pose: new Float32Array(K * C).fill(0.5),
  widthPx: 640,
  heightPx: 480,
  estimator: 'movenet_lightning',
  ...more,
})

/** Clips one after another, each as long as its head tells. */
function clips(text: string) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  const found = []
  for (let at = 0; at < bytes.length;) {
    const length = 18 + 87 * new DataView(bytes.buffer).getUint16(at + 8, true) + 4
    found.push(decodeClip(bytes.subarray(at, at + length)))
    at += length
  }
  return found
}

it('begins at the first frame', () => {
  const film = filmOfFrames([frame(1_000), frame(1_066.6), frame(1_133)])
  expect(Array.from(film?.tMs ?? [])).toEqual([0, 67, 133])
  expect(film?.aspect).toBeCloseTo(4 / 3)
  expect(filmOfFrames([])).toBeNull()
})

it('leaves out what is not later, and what another estimator saw before', () => {
  const odd = frame(900, { estimator: 'posenet_mobilenet_075' })
  expect(filmOfFrames([odd, frame(1_000), frame(1_000.2), frame(1_050)])?.tMs).toHaveLength(2)
})

it('packs all frames into clips that the server reads, with the times of the film', () => {
  const frames = Array.from({ length: 180 }, (_, i) => frame(2_000 + 66.7 * i))
  const sent = clips(packed(frames))
  expect(sent.length).toBeGreaterThan(2)
  const times = sent.flatMap((clip) => clip.frames.map(({ tMs }) => tMs))
  expect(times).toEqual(Array.from(filmOfFrames(frames)?.tMs ?? []))
  expect(packed([])).toBe('')
})
