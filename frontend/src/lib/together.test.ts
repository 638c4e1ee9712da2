import { describe, expect, it } from 'vitest'
import { aPoint, aSeries } from './trendFakes'
import { mostTrained, runs, together } from './together'

const squats = aSeries('squat', [
  aPoint('2026-03-02', { rom_deg: 80, reps: 10, load: 5 }),
  aPoint('2026-03-05', { rom_deg: 100, reps: 20, load: 7 }),
  aPoint('2026-03-17', { rom_deg: 95, reps: 8, load: 2 }),
])
const lunges = aSeries('lunge', [aPoint('2026-03-03', { load: 4 })])
const shown = {
  series: [squats, lunges],
  exercise: 'squat',
  measure: 'rom_deg',
  compliance: null,
  from: '2026-03-04',
  to: '2026-03-18',
} as const

describe('weeks', () => {
  it('begin with the Monday before the period and have no gaps', () => {
    expect(together(shown).map(({ start }) => start)).toEqual(['2026-03-02', '2026-03-09', '2026-03-16'])
  })
  it('have the middle value of one exercise and the load of all', () => {
    const weeks = together(shown)
    expect(weeks.map(({ value }) => value)).toEqual([90, null, 95])
    expect(weeks.map(({ load }) => load)).toEqual([16, 0, 2])
  })
  it('add totals up', () => {
    expect(together({ ...shown, measure: 'reps' }).map(({ value }) => value)).toEqual([30, null, 8])
  })
  it('have what was done of the plan, where there was one', () => {
    const tally = { planned: 2, done: 1, missed: 1, skipped: 0, percent: 50, bucket: 'yellow' } as const
    const none = { ...tally, planned: 0, percent: null, bucket: null }
    const compliance = [
      { start: '2026-03-02', tally },
      { start: '2026-03-09', tally: none },
    ]
    expect(together({ ...shown, compliance }).map(({ percent }) => percent)).toEqual([50, null, null])
  })
})

it('no line joins a gap', () => {
  const found = runs(together(shown))
  expect(found.map((run) => run.map(({ index }) => index))).toEqual([[0], [2]])
})

it('the exercise trained on most days comes first', () => {
  expect(mostTrained([lunges, squats])).toBe('squat')
  expect(mostTrained([])).toBeNull()
})
