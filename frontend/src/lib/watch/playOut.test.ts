import { describe, expect, it } from 'vitest'
import { PlayOut } from './playOut'
import type { TimedPose } from './packing'

/** The athlete's clock is an hour ahead; x of every keypoint grows by 0.1 a second. */
const AHEAD_MS = 3_600_000
const frame = (tMs: number): TimedPose => ({
  tMs: tMs + AHEAD_MS,
  pose: new Float32Array(51).map((_, i) => (i % 3 === 0 ? tMs / 10_000 : 0.5)),
})
const packet = (fromMs: number): TimedPose[] => [0, 100, 200, 300].map((ms) => frame(fromMs + ms))

/** Packets of 0.4 s, `lateMs` after their newest pose; calls `look` at 60 frames a second. */
function play(seconds: number, lateMs: (i: number) => number, look: (nowMs: number, x: number) => void) {
  const playOut = new PlayOut()
  const due = Array.from({ length: seconds * 2.5 }, (_, i) => ({ i, atMs: i * 400 + 300 + lateMs(i) }))
  for (let nowMs = 0; nowMs < seconds * 1_000; nowMs += 16) {
    while (due.length && due[0].atMs <= nowMs) playOut.push(packet(due.shift()!.i * 400), nowMs)
    const pose = playOut.at(nowMs)
    if (pose) look(nowMs, pose[0])
  }
  return playOut
}

describe('PlayOut', () => {
  it('has nothing to show before the first packet', () => {
    expect(new PlayOut().at(5)).toBeNull()
    expect(new PlayOut().shownMs).toBeNull()
  })

  it('makes one steady movement of packets, about half a second late', () => {
    const steps: number[] = []
    let last = 0
    const delays: number[] = []
    play(
      20,
      () => 80,
      (nowMs, x) => {
        if (nowMs > 5_000) {
          steps.push(x - last)
          delays.push(nowMs - x * 10_000)
        }
        last = x
      },
    )
    // 16 ms of movement each, give or take the bend.
    expect(Math.min(...steps)).toBeGreaterThan(0.0013)
    expect(Math.max(...steps)).toBeLessThan(0.0019)
    expect(Math.max(...delays)).toBeLessThan(600)
  })

  it('waits longer for a connection that stumbles, and never goes back', () => {
    let last = 0
    let stood = 0
    play(
      20,
      (i) => (i % 3 === 0 ? 380 : 60),
      (nowMs, x) => {
        expect(x).toBeGreaterThanOrEqual(last)
        if (nowMs > 9_000 && x === last) stood++
        last = x
      },
    )
    expect(stood).toBe(0)
  })

  it('stands still where nothing comes, and says of when that is', () => {
    const playOut = play(
      2,
      () => 50,
      () => undefined,
    )
    const stood = playOut.at(60_000)
    expect(stood?.[0]).toBeCloseTo(0.19, 2)
    expect((playOut.shownMs ?? 0) - AHEAD_MS).toBe(1_900)
  })

  it('begins anew with another page of the athlete', () => {
    const playOut = play(
      2,
      () => 50,
      () => undefined,
    )
    playOut.push(packet(0), 70_000)
    expect(playOut.at(70_000)?.[0]).toBeLessThan(0.03)
    playOut.clear()
    expect(playOut.at(70_001)).toBeNull()
    expect(playOut.newest()).toBeNull()
  })
})
