/** A point of a trend without any figure, for tests. */
import type { TrendPoint } from '@/api/types'

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
