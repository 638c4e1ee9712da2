import { describe, expect, it } from 'vitest'
import type { TrendSlope } from '@/api/types'
import { aPoint, aSeries } from './trendFakes'
import { isPeriod, lastDays, periodOfQuery, spark, trendRows } from './report'

const TODAY = '2026-03-31'

describe('a period', () => {
  it('ends today and counts both ends', () => {
    expect(lastDays(28, TODAY)).toEqual({ from: '2026-03-04', to: TODAY })
  })
  it('is what the address says', () => {
    expect(periodOfQuery({ from: '2026-01-01', to: '2026-01-31' }, TODAY)).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    })
  })
  it.each([{}, { from: '2026-01-01' }, { from: 'x', to: TODAY }, { from: TODAY, to: '2026-01-01' }])(
    'is the last four weeks where it says %o',
    (query) => expect(periodOfQuery(query, TODAY)).toEqual(lastDays(28, TODAY)),
  )
  it('has at most 400 days after the first', () => {
    expect(isPeriod({ from: '2025-02-24', to: '2026-03-31' })).toBe(true)
    expect(isPeriod({ from: '2025-02-23', to: '2026-03-31' })).toBe(false)
    expect(isPeriod({ from: '', to: '2026-03-31' })).toBe(false)
  })
})

const slope = (measure: TrendSlope['measure'], words: TrendSlope['words']): TrendSlope => ({
  measure,
  words,
  model_version: '0.2',
  since: '2026-03-02',
  until: TODAY,
  points: 9,
  per_week: 1,
  low: 0.5,
  high: 1.5,
  at_middle: 90,
})

describe('rows of trends', () => {
  it('are the range of each exercise, and what clearly moves beside it', () => {
    const points = ['2026-03-02', '2026-03-09'].map((day) =>
      aPoint(day, { rom_deg: 90, tempo_s: 2, reps_per_min: 20, load: 5 }),
    )
    const series = aSeries('squat', points)
    series.slopes = [slope('tempo_s', 'falling'), slope('reps_per_min', 'maybe_rising')]
    const rows = trendRows([aSeries('lunge', points.slice(1)), series])
    expect(rows.map(({ series: of, measure }) => `${of.exercise} ${measure}`)).toEqual([
      'squat rom_deg',
      'squat tempo_s',
      'lunge rom_deg',
    ])
  })
})

describe('a small plot', () => {
  const period = { from: '2026-03-01', to: TODAY }
  const of = (...points: ReturnType<typeof aPoint>[]) =>
    spark({ series: aSeries('squat', points), measure: 'rom_deg' }, period)

  it('lies in its period, the larger the higher', () => {
    expect(
      of(
        aPoint('2026-03-01', { rom_deg: 80 }),
        aPoint('2026-03-16', { rom_deg: 100 }),
        aPoint(TODAY, { rom_deg: 90 }),
      ),
    ).toEqual([
      { x: 0, y: 1 },
      { x: 0.5, y: 0 },
      { x: 1, y: 0.5 },
    ])
  })
  it('is of one model version, and level where nothing changes', () => {
    const old = aPoint('2026-03-01', { rom_deg: 10, model_version: '0.1' })
    expect(of(old, aPoint('2026-03-16', { rom_deg: 90 }))).toEqual([{ x: 0.5, y: 0.5 }])
  })
})
