import { expect, it } from 'vitest'
import type { BestEver, ExerciseRecords } from '@/api/types'
import { beaten, listed } from './records'

const TODAY = '2026-11-22'
const best = (value: number, day: string, previous: number | null): BestEver => ({
  value,
  day,
  previous,
  set: 's',
  workout: 'w',
  model_version: '1',
})
const none: ExerciseRecords = {
  exercise: 'squat',
  most_reps: null,
  best_rom_deg: null,
  longest_hold_s: null,
  heaviest_kg: null,
  best_one_rm_kg: null,
}
const records = (...exercises: Partial<ExerciseRecords>[]) => ({
  streak: { weeks: 0, best_weeks: 0 },
  exercises: exercises.map((one) => ({ ...none, ...one })),
})

it('lists what there is, repetitions before strength', () => {
  const one = { ...none, best_one_rm_kg: best(60, TODAY, null), most_reps: best(12, TODAY, null) }
  expect(listed(one).map(({ kind, measure }) => [kind, measure])).toEqual([
    ['most_reps', 'reps'],
    ['best_one_rm_kg', 'one_rm_kg'],
  ])
})

it('finds what was beaten in the last seven days, the greatest step first', () => {
  const found = beaten(
    records(
      { most_reps: best(12, '2026-11-16', 11), best_rom_deg: best(90, '2026-11-15', 80) },
      { exercise: 'plank', longest_hold_s: best(60, TODAY, 40) },
    ),
    TODAY,
  )
  expect(found.map(({ exercise, kind }) => [exercise, kind])).toEqual([
    ['plank', 'longest_hold_s'],
    ['squat', 'most_reps'],
  ])
})

it('calls a first time no record, nor the same again', () => {
  expect(beaten(records({ most_reps: best(12, TODAY, null) }), TODAY)).toEqual([])
  expect(beaten(records({ most_reps: best(12, TODAY, 12) }), TODAY)).toEqual([])
})
