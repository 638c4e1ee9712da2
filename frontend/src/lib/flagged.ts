/** Movements that somebody ought to look at: those with a finding, and those that did not count. */
import type { WorkoutSet } from '@/api/types'
import { verdictOf, type SetEvent } from './reps'

/** Index of the next one in that direction, from what is open; null at the end. */
export function nextFlagged(events: readonly SetEvent[], open: number | null, step: 1 | -1): number | null {
  const start = open ?? (step > 0 ? -1 : events.length)
  for (let at = start + step; at >= 0 && at < events.length; at += step) {
    const event = events[at]
    if (event && verdictOf(event) !== 'clean') return at
  }
  return null
}

export const isFlagged = (set: WorkoutSet): boolean =>
  set.attempt_count > 0 || set.findings.some(({ rep }) => rep !== null)

/** The next set of a workout with something to look at, from the one with this id. */
export function nextFlaggedSet(sets: readonly WorkoutSet[], id: string, step: 1 | -1): WorkoutSet | null {
  const at = sets.findIndex((set) => set.id === id)
  const rest = step > 0 ? sets.slice(at + 1) : sets.slice(0, Math.max(at, 0)).reverse()
  return rest.find(isFlagged) ?? null
}
