import { expect, it } from 'vitest'
import { laidOut, planDays } from './layout'

const days = (all: readonly { place: number; day: number }[]): number[][] =>
  all.map(({ place, day }) => [place, day])

it('lets the days of one week take turns', () => {
  const turns = laidOut({ weeksOf: [0, 0], cycleWeeks: 1 }, 3, 2)
  expect(turns.map(({ day }) => day)).toEqual([0, 1, 0, 1, 0, 1])
})

it('keeps the weeks of a longer cycle, and leaves nothing out', () => {
  const cycle = { weeksOf: [0, 0, 0, 1, 3], cycleWeeks: 4 }
  // The figures of the server's own test.
  expect(days(laidOut(cycle, 3, 5))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [9, 4],
    [12, 0],
    [13, 1],
    [14, 2],
  ])
  expect(days(laidOut(cycle, 2, 5))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [4, 3],
    [8, 4],
  ])
})

it('dates a plan from a day within the week', () => {
  const cycle = { weeksOf: [0, 0, 1], cycleWeeks: 2 }
  // A Wednesday: the week of the plan runs to the Tuesday after.
  const schedule = { startsOn: '2026-11-25', weekdays: [0, 2], weeks: 2 }
  expect(planDays(cycle, schedule)).toEqual([
    { date: '2026-11-25', day: 0 },
    { date: '2026-11-30', day: 1 },
    { date: '2026-12-02', day: 2 },
  ])
  expect(planDays(cycle, { ...schedule, weekdays: [] })).toEqual([])
  expect(planDays(cycle, { ...schedule, startsOn: '' })).toEqual([])
})
