/**
 * A planned workout, set by set: which one is next, how far it is, what was done of it.
 *
 * What was done is read from the workout's own sets, so a reload, a discarded set and one brought back need no care.
 */
import type { Target } from './events'

/** What is asked of one exercise, as `GET /api/planned/{id}` tells it; neither reps nor hold_s: as many as go. */
export interface LedItem {
  exercise: string
  sets: number
  reps: number | null
  hold_s: number | null
  rest_s: number
  /** "3-1-1": seconds down, paused, up. */
  tempo: string | null
  rom_deg: number | null
}

/** A set that was trained for an item, by its index. */
export interface LedSet {
  item?: number
  discarded: boolean
}

export interface LedStep {
  /** Index of the item. */
  item: number
  exercise: string
  /** Which set of the item this is, from 1. */
  set: number
  sets: number
  target: Target | null
  tempo: string | null
  rom_deg: number | null
  /** After this set; 0 after the last one of all. */
  restS: number
}

/** How many sets were done for each item. */
export const setsDone = (items: readonly LedItem[], sets: readonly LedSet[]): number[] =>
  items.map((_, index) => sets.filter(({ item, discarded }) => item === index && !discarded).length)

/** The set to be done now, null when there is none left. `skipped`: indices of items. */
export function nextStep(
  items: readonly LedItem[],
  sets: readonly LedSet[],
  skipped: readonly number[],
): LedStep | null {
  const done = setsDone(items, sets)
  const isOpen = (index: number): boolean => !skipped.includes(index) && done[index] < items[index].sets
  const index = items.findIndex((_, i) => isOpen(i))
  if (index < 0) return null
  const item = items[index]
  const isLast = done[index] + 1 === item.sets && !items.some((_, i) => i > index && isOpen(i))
  return {
    item: index,
    exercise: item.exercise,
    set: done[index] + 1,
    sets: item.sets,
    target: targetOf(item),
    tempo: item.tempo,
    rom_deg: item.rom_deg,
    restS: isLast ? 0 : item.rest_s,
  }
}

export function targetOf({ reps, hold_s }: Pick<LedItem, 'reps' | 'hold_s'>): Target | null {
  if (reps !== null) return { kind: 'reps', value: reps }
  return hold_s === null ? null : { kind: 'hold_s', value: hold_s }
}
