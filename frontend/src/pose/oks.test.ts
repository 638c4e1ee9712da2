import { describe, expect, it } from 'vitest'
import { emptyPose } from './frame'
import { boxOf, oks, overlap, SIGMAS } from './oks'
import { C, K } from './skeleton'

/** Keypoints on a grid over (0, 0) to (w, h). */
function grid(w: number, h: number, score = 0.9) {
  const pose = emptyPose()
  for (let k = 0; k < K; k++) pose.set([(w * (k % 4)) / 3, (h * Math.floor(k / 4)) / 4, score], k * C)
  return pose
}

describe('oks', () => {
  it('is 1 for the same pose', () => expect(oks(grid(0.4, 0.8), grid(0.4, 0.8), 1)).toBeCloseTo(1))

  it('is what COCO says of one keypoint that is off', () => {
    const known = grid(0.4, 0.8)
    const off = known.slice()
    const wrist = 9
    off[wrist * C] += 0.05
    const area = 0.53 * 0.4 * 0.8 * 1.5
    const expected = Math.exp(-((0.05 * 1.5) ** 2) / (2 * area * (2 * SIGMAS[wrist]) ** 2))
    expect(oks(known, off, 1.5)).toBeCloseTo((16 + expected) / 17, 5)
  })

  it('forgives more where time has gone by', () => {
    const moved = grid(0.4, 0.8).map((value, i) => value + (i % C === 0 ? 0.1 : 0))
    expect(oks(grid(0.4, 0.8), moved, 1, 3)).toBeGreaterThan(2 * oks(grid(0.4, 0.8), moved, 1))
  })

  it('says nothing of poses that have hardly a keypoint in common', () => {
    const few = grid(0.4, 0.8)
    for (let k = 3; k < K; k++) few[k * C + 2] = 0.1
    expect(oks(grid(0.4, 0.8), few, 1)).toBe(0)
    expect(oks(emptyPose(), grid(0.4, 0.8), 1)).toBe(0)
  })
})

describe('boxes', () => {
  it('hold what is seen', () => {
    const box = boxOf(grid(0.4, 0.8))!
    expect(Object.values(box).map((value) => +value.toFixed(5))).toEqual([0, 0, 0.4, 0.8])
    expect(boxOf(emptyPose())).toBeNull()
  })

  it('overlap by a share of the smaller', () => {
    const a = { left: 0, top: 0, right: 0.4, bottom: 0.4 }
    expect(overlap(a, { left: 0.3, top: 0, right: 0.5, bottom: 0.4 })).toBeCloseTo(0.5)
    expect(overlap(a, { left: 0.5, top: 0, right: 0.6, bottom: 0.4 })).toBe(0)
  })
})
