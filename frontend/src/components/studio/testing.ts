/** Builders for tests: a whole value, with the part that the test is about. */
import type { Attempt, Rep, SetDetail } from '@/api/types'

export const aRep = (part: Partial<Rep> = {}): Rep => ({
  index: 0,
  start_ms: 0,
  turn_ms: 1000,
  end_ms: 2000,
  rom_deg: 90,
  tempo_s: { down: 1, pause: 0, up: 1 },
  confidence: 0.9,
  ...part,
})

export const anAttempt = (part: Partial<Attempt> = {}): Attempt => ({
  start_ms: 0,
  end_ms: 900,
  reason: 'incomplete',
  message: 'From the server',
  ...part,
})

export const aSet = (part: Partial<SetDetail> = {}): SetDetail => ({
  id: 'set-1',
  workout: 'workout-1',
  index: 0,
  source: 'camera',
  exercise_chosen: null,
  exercise: 'squat',
  confidence: 0.9,
  started_at: '2026-01-01T10:00:00Z',
  ended_at: null,
  state: 'open',
  rep_count: 0,
  attempt_count: 0,
  hold_s: null,
  duration_s: null,
  clips_received: 0,
  clip_count: null,
  model_version: 'test',
  message: null,
  message_code: null,
  reps: [],
  attempts: [],
  missing_clips: [],
  ...part,
})
