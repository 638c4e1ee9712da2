import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPose } from './frame'
import { Weakness } from './weakness'

const pose = (score: number) => emptyPose().map((_, i) => (i % 3 === 2 ? score : 0.5))

describe('Weakness', () => {
  let weakness: Weakness
  beforeEach(() => (weakness = new Weakness()))

  /** The first time at which it is noticed, at 10 frames/s; null when never. */
  function noticed(scores: (i: number) => number, frames = 100): number | null {
    for (let i = 0; i < frames; i++) if (weakness.add(pose(scores(i)), i * 100)) return i * 100
    return null
  }

  it('is noticed after one and a half seconds', () => expect(noticed(() => 0.3)).toBe(1_500))

  it.each([
    ['the athlete is seen well', () => 0.8],
    ['nobody is in view', () => 0.03],
    ['the athlete is lost for half a second', (i: number) => (i >= 40 && i < 45 ? 0.1 : 0.8)],
  ])('is none when %s', (_, scores) => expect(noticed(scores)).toBeNull())

  it('is noticed when it begins in the middle', () => {
    expect(noticed((i) => (i < 50 ? 0.8 : 0.3))).toBeGreaterThan(5_000)
  })

  it.each([
    ['lies', 0.1, true],
    ['stands', 0.5, false],
  ])('asks more certainty of a body that %s', (_, across, weak) => {
    const body = pose(0.8)
    for (const hip of [11, 12]) {
      body[hip * 3] = 0.5 - (0.5 - across)
      body[hip * 3 + 1] = 0.7
    }
    const answers = Array.from({ length: 30 }, (__, i) => weakness.add(body, i * 100, 16 / 9))
    expect(answers.some(Boolean)).toBe(weak)
  })

  it('is not judged from few frames, however slow they come', () => {
    expect([0, 1_000, 2_000, 3_000].map((tMs) => weakness.add(pose(0.3), tMs))).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('forgets another source', () => {
    noticed(() => 0.3, 12)
    expect(weakness.add(pose(0.3), 0)).toBe(false)
  })
})
