import { expect, it } from 'vitest'
import { advanced, shareOf } from './playback'
import { phaseAt, timeAt } from './phase'

const slow = { start_ms: 1000, turn_ms: 3000, end_ms: 4000 }
const quick = { start_ms: 500, turn_ms: 700, end_ms: 1500 }

it('is 0 at the start, 1 at the turn, 2 at the end, and nothing beyond', () => {
  expect([0, 1000, 2000, 3000, 3500, 4000, 9000].map((t) => phaseAt(slow, t))).toEqual([
    0, 0, 0.5, 1, 1.5, 2, 2,
  ])
})

it('brings two repetitions together at start, turn and end', () => {
  expect([1000, 2000, 3000, 3500, 4000].map((t) => timeAt(quick, phaseAt(slow, t)))).toEqual([
    500, 600, 700, 1100, 1500,
  ])
})

it('bears a repetition without a way back', () => {
  const stuck = { start_ms: 0, turn_ms: 1000, end_ms: 1000 }
  expect([0, 500, 1000, 2000].map((t) => phaseAt(stuck, t))).toEqual([0, 0.5, 1, 2])
})

it('plays on at its speed, and stops at the end', () => {
  const span = { startMs: 0, endMs: 1000 }
  expect(advanced(100, 40, 0.5, span, false)).toEqual({ atMs: 120, ended: false })
  expect(advanced(990, 40, 2, span, false)).toEqual({ atMs: 1000, ended: true })
})

it('goes round and round in a loop', () => {
  const span = { startMs: 200, endMs: 1200 }
  expect(advanced(1190, 30, 1, span, true)).toEqual({ atMs: 220, ended: false })
  expect(advanced(0, 16, 1, span, true)).toEqual({ atMs: 200, ended: false })
})

it('places a moment on a bar', () => {
  expect([-5, 250, 2000].map((t) => shareOf(t, { startMs: 0, endMs: 1000 }))).toEqual([0, 0.25, 1])
  expect(shareOf(5, { startMs: 5, endMs: 5 })).toBe(0)
})
