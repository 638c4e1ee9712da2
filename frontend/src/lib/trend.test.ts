import { describe, expect, it } from 'vitest'
import type { TrendPoint, TrendSeries } from '@/api/types'
import { measuresOf, segmentsOf, summarise } from './trend'

function point(day: string, more: Partial<TrendPoint> = {}): TrendPoint {
  const none = { hold_s: null, rom_deg: null, tempo_s: null, reps_per_min: null }
  return { day, sets: 1, reps: 10, attempts: 0, active_s: 30, model_version: '1', ...none, ...more }
}
const series = (...points: TrendPoint[]): TrendSeries => ({
  exercise: 'squat',
  unit: 'reps',
  model_versions: [...new Set(points.map((one) => one.model_version))],
  points,
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

describe('summarise', () => {
  const days = ['01', '02', '03', '04', '05'].map((day) => `2026-11-${day}`)

  it('compares the later half of the days with the earlier', () => {
    const values = [10, 12, 99, 20, 24]
    const summary = summarise(series(...days.map((day, i) => point(day, { reps: values[i] ?? 0 }))), 'reps')
    expect(summary).toMatchObject({ days: 5, latest: 24, latestDay: '2026-11-05', typical: 20, best: 99 })
    expect(summary?.change).toBeCloseTo(22 / 11 - 1)
  })

  it('compares nothing across model versions', () => {
    const points = days.map((day, i) =>
      point(day, { rom_deg: i < 3 ? 60 : 90, model_version: i < 3 ? '1' : '2' }),
    )
    expect(summarise(series(...points), 'rom_deg')).toMatchObject({
      days: 2,
      typical: 90,
      change: null,
      modelVersion: '2',
    })
  })

  it('says nothing of a measure without values', () => {
    expect(summarise(series(point('2026-11-01')), 'rom_deg')).toBeNull()
    expect(summarise(series(), 'reps')).toBeNull()
  })
})
