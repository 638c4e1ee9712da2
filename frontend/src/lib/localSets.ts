/** Figures of sets that only this device knows. */
import type { LocalSet } from '@/stores/openWorkouts'

const kept = (sets: readonly LocalSet[]): LocalSet[] => sets.filter(({ discarded }) => !discarded)

/** What was trained: as chosen, else as this device recognised it; null for what it did not. */
export function exerciseOf({ exercise, own }: LocalSet): string | null {
  return exercise ?? own?.exercise ?? null
}

/** Each exercise once, in the order of the sets. */
export function namesOf(sets: readonly LocalSet[]): (string | null)[] {
  const names = [...new Set(kept(sets).map(exerciseOf))]
  return names.length > 1 ? names.filter((name) => name !== null) : names
}

export function ownReps(sets: readonly LocalSet[]): number {
  return kept(sets).reduce((sum, { own }) => sum + (own?.rep_count ?? 0), 0)
}
