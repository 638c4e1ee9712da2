/** Points and series of a trend for tests. */
import type { TrendPoint, TrendSeries } from '@/api/types'

export const noFigures: TrendPoint = {
  day: '2026-11-01',
  model_version: '1',
  days: 1,
  sets: 1,
  reps: 10,
  attempts: 0,
  active_s: 30,
  hold_s: null,
  rom_deg: null,
  tempo_s: null,
  reps_per_min: null,
  rom_left_deg: null,
  rom_right_deg: null,
  symmetry: null,
  fatigue_speed: null,
  fatigue_rom: null,
  load: null,
  one_rm_kg: null,
}

export const aPoint = (day: string, change: Partial<TrendPoint> = {}): TrendPoint => ({
  ...noFigures,
  day,
  ...change,
})

export const aSeries = (exercise: string, points: TrendPoint[]): TrendSeries => ({
  exercise,
  unit: 'reps',
  model_versions: [...new Set(points.map((point) => point.model_version))],
  points,
  slopes: [],
})
