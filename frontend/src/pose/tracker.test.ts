import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPose, type Pose } from './frame'
import { C, HIPS, K, SHOULDERS } from './skeleton'
import { Tracker } from './tracker'

const ASPECT = 16 / 9

/** Somebody who stands with the hips at x, all keypoints this sure; `tall` in picture heights. */
function stander(x: number, score = 0.8, tall = 0.6): Pose {
  const pose = emptyPose()
  for (let k = 0; k < K; k++) {
    const up = k < SHOULDERS[0] ? 0.5 : SHOULDERS.includes(k) ? 0.3 : HIPS.includes(k) ? 0 : -0.5
    const side = k % 2 ? 0.08 : -0.08
    pose.set([x + (side * tall) / ASPECT, 0.5 - up * tall, score], k * C)
  }
  return pose
}
const xOf = (pose: Pose | null) => pose && (pose[HIPS[0] * C] + pose[HIPS[1] * C]) / 2

describe('Tracker', () => {
  let tracker: Tracker
  let tMs: number
  beforeEach(() => {
    tracker = new Tracker()
    tMs = -83
  })

  /** One picture of people with the hips at these places, 12 a second; answers where the athlete is. */
  function see(...xs: number[]): number | null {
    tMs += 83
    return xOf(
      tracker.update(
        xs.map((x) => stander(x)),
        tMs,
        ASPECT,
      ),
    )
  }
  const times = (n: number, ...xs: number[]) => Array.from({ length: n }, () => see(...xs))

  it('takes the largest person for the athlete, and keeps the id while the athlete moves', () => {
    tracker.update([stander(0.2, 0.9, 0.3), stander(0.7, 0.7, 0.8)], 0, ASPECT)
    const id = tracker.athlete?.id
    expect(xOf(tracker.athlete!.pose)).toBeCloseTo(0.7)
    for (let i = 1; i < 30; i++) {
      const at = 0.7 - i * 0.004
      tracker.update([stander(0.2, 0.9, 0.3), stander(at, 0.7, 0.8)], i * 83, ASPECT)
      expect(xOf(tracker.athlete!.pose)).toBeCloseTo(at)
    }
    expect(tracker.athlete?.id).toBe(id)
    expect(tracker.others).toHaveLength(1)
  })

  it.each([
    ['in front, so that the athlete is hidden for a third of a second', true],
    ['behind, so that the passer-by is hidden', false],
  ])('keeps the athlete while somebody walks through %s', (_, isInFront) => {
    const athlete = 0.5
    see(athlete)
    const id = tracker.athlete?.id
    for (let x = 0.05; x < 0.95; x += 0.02) {
      const isHidden = Math.abs(x - athlete) < 0.05
      const found = see(...(isHidden ? [isInFront ? x : athlete] : [x, athlete]))
      if (!isHidden) expect(found).toBeCloseTo(athlete)
    }
    expect(tracker.athlete?.id).toBe(id)
    expect(tracker.others).toHaveLength(1)
  })

  it('keeps two people who stand side by side apart', () => {
    const xs = Array.from({ length: 60 }, (_, i) => [0.4 + 0.01 * Math.sin(i), 0.56 - 0.01 * Math.sin(i)])
    see(0.4)
    const id = tracker.athlete?.id
    for (const [left, right] of xs) expect(see(right, left)).toBeCloseTo(left)
    expect(tracker.athlete?.id).toBe(id)
    expect(new Set(tracker.others.map((other) => other.id)).size).toBe(1)
  })

  it('bridges a short loss', () => {
    times(5, 0.5, 0.2)
    tracker.choose(0.5, 0.5, ASPECT)
    const id = tracker.athlete?.id
    expect(times(12, 0.2)).toEqual(Array(12).fill(null))
    expect(see(0.2, 0.52)).toBeCloseTo(0.52)
    expect(tracker.athlete?.id).toBe(id)
  })

  it('waits for an athlete who leaves, and knows them when they come back elsewhere', () => {
    times(5, 0.5, 0.2)
    tracker.choose(0.5, 0.5, ASPECT)
    const id = tracker.athlete?.id
    expect(new Set(times(60, 0.2))).toEqual(new Set([null]))
    expect(see(0.2, 0.9)).toBeCloseTo(0.9)
    expect(tracker.athlete?.id).toBe(id)
  })

  it('hands over in the end to whoever stays', () => {
    times(5, 0.5, 0.2)
    tracker.choose(0.5, 0.5, ASPECT)
    expect(times(110, 0.2).at(-1)).toBeCloseTo(0.2)
  })

  it('takes no shadow and no double for a person', () => {
    for (let i = 0; i < 10; i++) {
      tracker.update([stander(0.5), stander(0.505, 0.7), stander(0.8, 0.1)], i * 83, ASPECT)
    }
    expect(tracker.others).toEqual([])
  })

  it('forgets others who have gone', () => {
    times(5, 0.5, 0.2)
    tracker.choose(0.5, 0.5, ASPECT)
    times(40, 0.5)
    expect(tracker.others).toEqual([])
  })

  describe('when told whom to follow', () => {
    beforeEach(() => void times(3, 0.2, 0.5, 0.8))

    it.each([
      [0.21, 0.5, 0.2],
      [0.79, 0.3, 0.8],
      [0.62, 0.9, 0.5],
    ])('takes the person at (%f, %f), else the nearest', (x, y, expected) => {
      tracker.choose(x, y, ASPECT)
      expect(see(0.2, 0.5, 0.8)).toBeCloseTo(expected)
      expect(tracker.others).toHaveLength(2)
    })

    it('goes through all of them from left to right', () => {
      tracker.choose(0.2, 0.5, ASPECT)
      const seen = [1, 2, 3].map(() => {
        tracker.chooseNext()
        return see(0.2, 0.5, 0.8)
      })
      expect(seen.map((x) => Math.round(10 * x!))).toEqual([5, 8, 2])
    })

    it('stays with nobody where nobody is', () => {
      const alone = new Tracker()
      alone.choose(0.5, 0.5, ASPECT)
      alone.chooseNext()
      expect(alone.athlete).toBeNull()
    })
  })
})
