import { describe, expect, it } from 'vitest'
import { emptyPose } from '@/pose/frame'
import { HoldClock } from './holdClock'
import { Steady } from './steady'
import { Stillness } from './stillness'
import { ASPECT, person } from './testing'
import { Timer } from './timer'

describe('Steady', () => {
  it('believes only what stands for a while', () => {
    const steady = new Steady('a', 500)
    expect([0, 100, 499].map((ms) => steady.update('b', ms))).toEqual(['a', 'a', 'a'])
    expect(steady.update('a', 499)).toBe('a')
    expect(steady.update('b', 600)).toBe('a')
    expect(steady.update('b', 1_100)).toBe('b')
  })
})

describe('Stillness', () => {
  const over = (poseAt: (ms: number) => ReturnType<typeof person>, untilMs: number, stepMs = 100): number => {
    const stillness = new Stillness()
    let stillMs = 0
    for (let ms = 0; ms <= untilMs; ms += stepMs) stillMs = stillness.update(poseAt(ms), ASPECT, ms)
    return stillMs
  }
  /** Up to a hundredth of the picture to each side. */
  const trembling = (ms: number) => person({ x: 0.5 + 0.006 * Math.sin(ms) })

  it('lasts as long as somebody stands, trembling a little', () => {
    expect(over(trembling, 3_000)).toBeGreaterThan(2_500)
  })

  it('is known of three frames a second too, and of somebody who squats before them it is not', () => {
    expect(over(trembling, 6_000, 340)).toBeGreaterThan(4_000)
    expect(over((ms) => person({ height: 0.6 + 0.08 * Math.sin(ms / 400) }), 6_000, 340)).toBe(0)
  })

  it('is not there while somebody walks, or squats', () => {
    expect(over((ms) => person({ x: 0.3 + ms / 15_000 }), 3_000)).toBe(0)
    expect(over((ms) => person({ height: 0.6 + 0.08 * Math.sin(ms / 400) }), 3_000)).toBe(0)
  })

  it('begins anew after somebody was away', () => {
    const at = (ms: number) => (ms > 1_500 && ms < 1_800 ? emptyPose() : person())
    expect(over(at, 2_800)).toBeLessThan(1_100)
  })
})

describe('Timer', () => {
  it('tells each second once, and the newest of those missed', () => {
    const timer = new Timer(3_000, 0)
    expect([0, 500, 1_000, 2_500, 3_000].map((ms) => timer.tick(ms))).toEqual([3, null, 2, 1, null])
    expect(timer.isOver(2_999)).toBe(false)
    expect(timer.isOver(3_000)).toBe(true)
  })

  it('stands still while paused, and can be made longer then', () => {
    const timer = new Timer(10_000, 0)
    timer.pause(4_000)
    timer.extend(30_000)
    expect(timer.leftMs(99_000)).toBe(36_000)
    timer.resume(100_000)
    expect(timer.leftMs(106_000)).toBe(30_000)
    expect(timer.durationMs).toBe(40_000)
  })
})

describe('HoldClock', () => {
  it('runs on between looks while the hold goes on', () => {
    const clock = new HoldClock()
    clock.look(1, 0)
    expect(clock.at(500)).toBe(1.5)
    clock.look(1.6, 600)
    expect(clock.at(1_000)).toBe(2)
  })

  it('stands when a look saw no more, does not run back for it, nor on without looks', () => {
    const clock = new HoldClock()
    clock.look(2, 0)
    expect(clock.at(60_000)).toBe(3.5)
    clock.look(2, 60_000)
    expect(clock.at(61_000)).toBe(3.5)
  })
})
