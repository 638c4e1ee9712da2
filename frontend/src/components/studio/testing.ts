/** Builders for the studio's tests: a set that has just begun, with the part that the test is about. */
import type { Attempt, Rep, SetDetail } from '@/api/types'
import * as values from '@/lib/testing'

export const aRep = (part: Partial<Rep> = {}): Rep =>
  values.aRep(0, { turn_ms: 1000, end_ms: 2000, tempo_s: { down: 1, pause: 0, up: 1 }, ...part })

export const anAttempt = (part: Partial<Attempt> = {}): Attempt =>
  values.anAttempt({
    start_ms: 0,
    end_ms: 900,
    reason: 'incomplete',
    message: 'From the server',
    rom_deg: null,
    needed_deg: null,
    ...part,
  })

export const aSet = (part: Partial<SetDetail> = {}): SetDetail =>
  values.aSet({
    id: 'set-1',
    workout: 'workout-1',
    confidence: 0.9,
    started_at: '2026-01-01T10:00:00Z',
    ended_at: null,
    state: 'open',
    rep_count: 0,
    final_rep_count: part.rep_count ?? 0,
    attempt_count: 0,
    duration_s: null,
    clips_received: 0,
    clip_count: null,
    model_version: 'test',
    rom_deg: null,
    reps: [],
    attempts: [],
    ...part,
  })
