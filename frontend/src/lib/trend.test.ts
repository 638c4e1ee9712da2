import { describe, expect, it } from 'vitest'
import type { TrendPoint, TrendSeries, TrendSlope } from '@/api/types'
import { lineOf, measuresOf, segmentsOf, summarise } from './trend'
import { noFigures } from './trendFakes'

const point = (day: string, more: Partial<TrendPoint> = {}): TrendPoint => ({ ...noFigures, day, ...more })
const series = (...points: TrendPoint[]): TrendSeries => ({
  exercise: 'squat',
  unit: 'reps',
  model_versions: [...new Set(points.map((one) => one.model_version))],
  points,
  slopes: [],
})

describe('measuresOf', () => {
  it('leaves out what was never measured', () => {
    expect(measuresOf(series(point('2026-11-01', { rom_deg: 90 })))).toEqual(['reps', 'rom_deg'])
  })
  it('knows a hold by its time', () => {
    expect(measuresOf(series(point('2026-11-01', { hold_s: 40, reps: 0 })))).toEqual(['hold_s'])
  })
})

describe('segmentsOf', () => {
  it('never joins two model versions, and sorts by day', () => {
    const points = [
      point('2026-11-03', { model_version: '2' }),
      point('2026-11-01'),
      point('2026-11-03'),
      point('2026-11-02'),
    ]
    expect(segmentsOf(points).map((one) => [one.modelVersion, one.points.map(({ day }) => day)])).toEqual([
      ['1', ['2026-11-01', '2026-11-02', '2026-11-03']],
      ['2', ['2026-11-03']],
    ])
  })
})

describe('segmentsOf history that was scored again', () => {
  const days = ['01', '02', '03', '04'].map((day) => `2026-11-${day}`)
  const points = days.map((day, i) => point(day, { reps: i, model_version: i === 1 ? 'old' : 'new' }))

  it('marks both ends of a stretch of another version', () => {
    expect(segmentsOf(points).map((one) => [one.modelVersion, one.points.length])).toEqual([
      ['new', 1],
      ['old', 1],
      ['new', 2],
    ])
  })

  it('sums up what counts now, on both sides of it', () => {
    expect(summarise(series(...points), 'reps')).toMatchObject({ days: 3, best: 3, modelVersion: 'new' })
  })
})

describe('summarise', () => {
  const days = ['01', '02', '03', '04', '05'].map((day) => `2026-11-${day}`)

  it('tells the last, the usual and the best day', () => {
    const values = [10, 12, 99, 20, 24]
    const summary = summarise(series(...days.map((day, i) => point(day, { reps: values[i] ?? 0 }))), 'reps')
    expect(summary).toMatchObject({ days: 5, latest: 24, latestDay: '2026-11-05', typical: 20, best: 99 })
  })

  it('is of the newest model version alone', () => {
    const points = days.map((day, i) =>
      point(day, { rom_deg: i < 3 ? 60 : 90, model_version: i < 3 ? '1' : '2' }),
    )
    expect(summarise(series(...points), 'rom_deg')).toMatchObject({
      days: 2,
      typical: 90,
      modelVersion: '2',
    })
  })

  it('says nothing of a measure without values', () => {
    expect(summarise(series(point('2026-11-01')), 'rom_deg')).toBeNull()
    expect(summarise(series(), 'reps')).toBeNull()
  })
})

describe('lineOf', () => {
  const slope: TrendSlope = {
    measure: 'rom_deg',
    model_version: '1',
    since: '2026-11-01',
    until: '2026-11-29',
    points: 9,
    words: 'rising',
    per_week: 2,
    low: 1,
    high: 4,
    at_middle: 90,
  }

  it('goes through the middle, in a band that opens to both sides', () => {
    expect(lineOf(slope)).toEqual({
      from: '2026-11-01',
      to: '2026-11-29',
      values: [86, 94],
      bounds: [
        [82, 88],
        [92, 98],
      ],
      atMiddle: 90,
    })
  })

  it('is none where there are too few points', () => {
    const few: TrendSlope = {
      ...slope,
      words: 'too_few',
      per_week: null,
      low: null,
      high: null,
      at_middle: null,
    }
    expect(lineOf(few)).toBeNull()
    expect(lineOf(null)).toBeNull()
  })
})
