/** What a set or a workout comes to, from what is told of it. */
import type { Finding } from '@/api/types'
import { verdictOf, type SetEvent } from './reps'

/** Of the movements that count, those with nothing to say against them. */
export function cleanReps(events: readonly SetEvent[]): { clean: number; all: number } {
  const verdicts = events.map(verdictOf)
  const clean = verdicts.filter((verdict) => verdict === 'clean').length
  return { clean, all: clean + verdicts.filter((verdict) => verdict === 'finding').length }
}

/** The fault found in most repetitions, of equals the graver one; with its worst example. Null where none was found. */
export function mostFound(byRep: readonly (readonly Finding[])[]): { finding: Finding; reps: number } | null {
  const all = byRep.flat()
  const counted = [...new Set(all.map(({ fault }) => fault))].map((fault) => {
    const same = all.filter((one) => one.fault === fault)
    const finding = same.reduce((worst, one) => (one.severity > worst.severity ? one : worst))
    return { finding, reps: byRep.filter((found) => found.some((one) => one.fault === fault)).length }
  })
  counted.sort((a, b) => b.reps - a.reps || b.finding.severity - a.finding.severity)
  return counted[0] ?? null
}

interface ExerciseTotal {
  exercise: string | null
  sets: number
  reps: number
  hold_s: number
  /** Weight moved in all, where weights were given. */
  volume_kg: number | null
}

interface Told {
  final_exercise: string | null
  exercise_chosen: string | null
  final_rep_count: number
  hold_s: number | null
  weight_kg: number | null
}

/** Each exercise once, in the order in which it was first trained. */
export function totalsOf(sets: readonly Told[]): ExerciseTotal[] {
  const totals = new Map<string | null, ExerciseTotal>()
  for (const { final_exercise, exercise_chosen, final_rep_count, hold_s, weight_kg } of sets) {
    const exercise = final_exercise ?? exercise_chosen
    const before = totals.get(exercise) ?? { exercise, sets: 0, reps: 0, hold_s: 0, volume_kg: null }
    const moved = weight_kg === null ? null : weight_kg * final_rep_count
    totals.set(exercise, {
      exercise,
      sets: before.sets + 1,
      reps: before.reps + final_rep_count,
      hold_s: before.hold_s + (hold_s ?? 0),
      volume_kg: moved === null ? before.volume_kg : (before.volume_kg ?? 0) + moved,
    })
  }
  return [...totals.values()]
}
