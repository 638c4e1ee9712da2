/** What differs between two lists of exercises. No Vue, no words. */
import type { PlanChange } from '@/api/plans'

export type Said = NonNullable<PlanChange['was']>[number]

export interface ItemChange {
  exercise: string
  before: Said | null
  after: Said | null
}

const FIGURES = ['sets', 'reps', 'hold_s', 'rest_s', 'tempo', 'load_kg', 'rom_deg'] as const
const isSame = (a: Said, b: Said): boolean => FIGURES.every((figure) => a[figure] === b[figure])

/** Exercises that changed, came or went, in the order of the new list; an order that changed is none. */
export function itemChanges(was: readonly Said[], now: readonly Said[]): ItemChange[] {
  const left = [...was]
  const found: ItemChange[] = []
  for (const after of now) {
    const same = left.findIndex((one) => one.exercise === after.exercise && isSame(one, after))
    const at = same >= 0 ? same : left.findIndex((one) => one.exercise === after.exercise)
    const before = at < 0 ? null : (left.splice(at, 1)[0] ?? null)
    if (same < 0) found.push({ exercise: after.exercise, before, after })
  }
  return [...found, ...left.map((before) => ({ exercise: before.exercise, before, after: null }))]
}
