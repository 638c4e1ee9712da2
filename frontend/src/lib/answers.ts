/** What a person says about a set, and what follows from it: the server's rule, ahead of its answer. */
import type { Correction, SetDetail } from '@/api/types'

/** A correction before the server knows it. */
export type Answer =
  | { kind: 'count'; rep_count: number }
  | { kind: 'exercise'; exercise: string }
  | { kind: 'not_a_rep' | 'is_a_rep'; start_ms: number }

/** As many as the machine counted, or as was said since. Movements that were judged twice count once. */
export function finalCount(counted: number, corrections: readonly Correction[]): number {
  const judged = new Set<string>()
  let reps = counted
  for (const { kind, rep_count, start_ms } of corrections) {
    const movement = `${kind} ${start_ms}`
    if (kind === 'count') reps = rep_count ?? reps
    else if (kind !== 'exercise' && !judged.has(movement)) {
      judged.add(movement)
      reps += kind === 'is_a_rep' ? 1 : -1
    }
  }
  return Math.max(0, reps)
}

function answered(set: SetDetail, corrections: Correction[]): SetDetail {
  const exercise = corrections.findLast(({ kind }) => kind === 'exercise')?.exercise ?? set.exercise
  return {
    ...set,
    corrections,
    final_rep_count: finalCount(set.rep_count, corrections),
    final_exercise: exercise,
  }
}

/** Movements, of which the one that a correction is about says so. */
function judged<T extends { start_ms: number; correction: string | null }>(
  movements: T[],
  { id, kind, start_ms }: Correction,
  about: Correction['kind'],
): T[] {
  if (kind !== about) return movements
  return movements.map((one) => (one.start_ms === start_ms ? { ...one, correction: id } : one))
}

export function withCorrection(set: SetDetail, correction: Correction): SetDetail {
  const reps = judged(set.reps, correction, 'not_a_rep')
  const attempts = judged(set.attempts, correction, 'is_a_rep')
  return answered({ ...set, reps, attempts }, [...set.corrections, correction])
}

export function withoutCorrection(set: SetDetail, id: string): SetDetail {
  const free = <T extends { correction: string | null }>(movements: T[]): T[] =>
    movements.map((one) => (one.correction === id ? { ...one, correction: null } : one))
  const left = set.corrections.filter((correction) => correction.id !== id)
  return answered({ ...set, reps: free(set.reps), attempts: free(set.attempts) }, left)
}

/** Those that still say something: of counts and of exercises the last, of each movement the last. */
export function standing(corrections: readonly Correction[]): Correction[] {
  const last = new Map(corrections.map((one) => [`${one.kind} ${one.start_ms ?? ''}`, one]))
  return corrections.filter((one) => last.get(`${one.kind} ${one.start_ms ?? ''}`) === one)
}
