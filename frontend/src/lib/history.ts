import type { Workout } from '@/api/types'
import { localDay } from './format'

export interface Month {
  /** "2026-11" in the athlete's time zone. */
  key: string
  workouts: Workout[]
  reps: number
}

/** Workouts by local month, in the order given (newest first). */
export function byMonth(workouts: readonly Workout[], timeZone: string): Month[] {
  const months = new Map<string, Workout[]>()
  for (const workout of workouts) {
    const key = localDay(workout.started_at, timeZone).slice(0, 7)
    const month = months.get(key)
    if (month) month.push(workout)
    else months.set(key, [workout])
  }
  return [...months].map(([key, own]) => ({
    key,
    workouts: own,
    reps: own.reduce((sum, workout) => sum + workout.rep_count, 0),
  }))
}
