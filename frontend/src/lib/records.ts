/** Records as the pages list them. No Vue, no words. */
import type { BestEver, ExerciseRecords, Records } from '@/api/types'
import { addDays } from './calendar'
import type { Measure } from './trend'

export type RecordKind = Exclude<keyof ExerciseRecords, 'exercise'>

/** In the order in which they stand, each with the measure whose unit it has. */
export const RECORD_KINDS: Record<RecordKind, Measure> = {
  most_reps: 'reps',
  longest_hold_s: 'hold_s',
  best_rom_deg: 'rom_deg',
  heaviest_kg: 'one_rm_kg',
  best_one_rm_kg: 'one_rm_kg',
}

export interface ListedRecord {
  exercise: string
  kind: RecordKind
  measure: Measure
  best: BestEver
}

export function listed(records: ExerciseRecords): ListedRecord[] {
  return (Object.keys(RECORD_KINDS) as RecordKind[]).flatMap((kind) => {
    const best = records[kind]
    return best ? [{ exercise: records.exercise, kind, measure: RECORD_KINDS[kind], best }] : []
  })
}

const FRESH_DAYS = 7

/** Whether it was made in the last seven days. */
export const isFresh = (best: BestEver, today: string): boolean => best.day > addDays(today, -FRESH_DAYS)

/** Records of the last seven days that beat an earlier one, the greatest step first. */
export function beaten(records: Records, today: string): ListedRecord[] {
  const step = ({ best }: ListedRecord): number => (best.previous ? best.value / best.previous : 0)
  return records.exercises
    .flatMap(listed)
    .filter(({ best }) => isFresh(best, today) && best.previous !== null && best.previous < best.value)
    .sort((a, b) => step(b) - step(a))
}
