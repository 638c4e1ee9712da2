import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPose, type Pose } from './frame'
import { Sides } from './sides'
import { C, HIPS, K, KEYPOINTS, SHOULDERS } from './skeleton'

const [LEFT, RIGHT] = ['left_wrist', 'right_wrist'].map((name) => KEYPOINTS.indexOf(name))
const STEP_MS = 83

/** Somebody whose wrists are `apart` from the middle; the trunk is .2 long. */
function body(apart: number): Pose {
  const pose = emptyPose()
  for (let k = 0; k < K; k++) {
    const side = k % 2 ? 0.06 : -0.06
    const y = SHOULDERS.includes(k) ? 0.4 : HIPS.includes(k) ? 0.6 : 0.5
    pose.set([0.5 + side, y, 0.9], k * C)
  }
  pose[LEFT * C] = 0.5 + apart
  pose[RIGHT * C] = 0.5 - apart
  return pose
}

describe('Sides', () => {
  let sides: Sides
  let tMs: number
  beforeEach(() => {
    sides = new Sides()
    tMs = 0
  })
  /** Where the left wrist is said to be, from the middle. */
  const see = (pose: Pose) => +(sides.keep(pose, (tMs += STEP_MS), 1)[LEFT * C] - 0.5).toFixed(3)

  it('changes nothing while all is well', () => {
    const pose = body(0.1)
    expect(sides.keep(pose, 0, 1)).toBe(pose)
    for (let i = 0; i < 20; i++) expect(see(body(0.1 + 0.02 * Math.sin(i)))).toBeGreaterThan(0)
  })

  it('changes wrists back that have changed places for a moment', () => {
    see(body(0.1))
    expect([-0.1, -0.11, 0.1].map((apart) => see(body(apart)))).toEqual([0.1, 0.11, 0.1])
  })

  it('believes what lasts', () => {
    see(body(0.1))
    const seen = Array.from({ length: 12 }, () => see(body(-0.1)))
    expect(seen.slice(0, 3)).toEqual(Array(3).fill(0.1))
    expect(seen.slice(3)).toEqual(Array(9).fill(-0.1))
  })

  it('lets somebody turn round', () => {
    const turn = Array.from({ length: 21 }, (_, i) => 0.1 - 0.01 * i)
    expect(turn.map((apart) => see(body(apart)))).toEqual(turn.map((apart) => +apart.toFixed(3)))
  })

  it('lets arms cross in a single step where one of them is not seen', () => {
    const unsure = body(-0.1)
    unsure[RIGHT * C + 2] = 0.1
    see(body(0.1))
    expect(see(unsure)).toBe(-0.1)
  })

  it('knows nothing after a break', () => {
    see(body(0.1))
    tMs += 1_000
    expect(see(body(-0.1))).toBe(-0.1)
    sides.reset()
    expect(see(body(0.1))).toBe(0.1)
  })

  it('carries the scores along', () => {
    see(body(0.1))
    const changed = body(-0.1)
    changed[LEFT * C + 2] = 0.6
    expect(sides.keep(changed, tMs + STEP_MS, 1)[RIGHT * C + 2]).toBeCloseTo(0.6)
  })
})
