/** Values of the API for tests: whole, and changed where a test says so. */
import type { Attempt, Correction, Finding, Rep, SetDetail } from '@/api/types'

export const aRep = (index: number, change: Partial<Rep> = {}): Rep => ({
  index,
  start_ms: index * 2000,
  turn_ms: index * 2000 + 800,
  end_ms: index * 2000 + 1800,
  rom_deg: 90,
  rom_left_deg: null,
  rom_right_deg: null,
  tempo_s: { down: 0.8, pause: 0.2, up: 0.8 },
  confidence: 0.9,
  correction: null,
  ...change,
})

export const anAttempt = (change: Partial<Attempt> = {}): Attempt => ({
  start_ms: 9000,
  end_ms: 9800,
  reason: 'too_small',
  message: 'Smaller than your others.',
  rom_deg: 40,
  needed_deg: 60,
  correction: null,
  ...change,
})

export const aFinding = (rep: number | null, change: Partial<Finding> = {}): Finding => ({
  rep,
  fault: 'depth',
  joint: 'knee',
  phase: 'bottom',
  measured: 31,
  limit: 20,
  unit: 'deg',
  severity: 0.5,
  start_ms: (rep ?? 0) * 2000,
  end_ms: (rep ?? 0) * 2000 + 1800,
  ...change,
})

export const aCorrection = (change: Partial<Correction>): Correction => ({
  id: 'c1',
  kind: 'count',
  rep_count: null,
  exercise: null,
  start_ms: null,
  author: 'Alex',
  by_athlete: true,
  created_at: '2026-11-22T18:00:00Z',
  ...change,
})

/** Nobody has corrected it, where a test does not say so. */
export const aSet = (change: Partial<SetDetail> = {}): SetDetail => ({
  id: 's1',
  workout: 'w1',
  index: 0,
  source: 'camera',
  exercise_chosen: null,
  exercise: 'squat',
  final_exercise: change.exercise === undefined ? 'squat' : change.exercise,
  confidence: 0.95,
  started_at: '2026-11-22T17:00:00Z',
  ended_at: '2026-11-22T17:01:00Z',
  state: 'done',
  rep_count: 3,
  final_rep_count: change.rep_count ?? 3,
  attempt_count: 1,
  hold_s: null,
  duration_s: 12,
  clips_received: 3,
  clip_count: 3,
  model_version: '0.2',
  message: null,
  message_code: null,
  rom_deg: 90,
  target_reps: null,
  target_hold_s: null,
  weight_kg: null,
  rpe: null,
  note: '',
  one_rm_kg: null,
  corrections: [],
  findings: [],
  reps: [aRep(0), aRep(1), aRep(2)],
  attempts: [anAttempt()],
  missing_clips: [],
  ...change,
})
