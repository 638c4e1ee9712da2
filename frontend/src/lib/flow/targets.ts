/** The targets that an athlete can choose before a set, and what stands for an exercise whose target is chosen. */
import type { Target } from './events'

export const REP_TARGETS = [3, 5, 6, 8, 10, 12, 15, 20, 25, 30, 50] as const
export const HOLD_TARGETS_S = [10, 20, 30, 45, 60, 90, 120, 180] as const

/** By slug; '' for an exercise that is to be recognised. 0 and absent: none. */
export type Targets = Readonly<Record<string, number>>

export function chosenTarget(targets: Targets, exercise: string | null, isHold: boolean): Target | null {
  const value = targets[exercise ?? ''] ?? 0
  return value > 0 ? { kind: isHold ? 'hold_s' : 'reps', value } : null
}

/** A target out of an address; null where it names none that makes sense. */
export function targetOf(text: unknown): number | null {
  const value = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0
  return value > 0 ? value : null
}
