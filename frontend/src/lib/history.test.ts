import { expect, it } from 'vitest'
import type { Workout } from '@/api/types'
import { byMonth } from './history'

const workout = (started_at: string, rep_count: number): Workout => ({
  id: started_at,
  started_at,
  ended_at: null,
  time_zone: 'Europe/Berlin',
  note: '',
  pain_level: null,
  pain_area: null,
  set_count: 1,
  rep_count,
  exercises: ['squat'],
  active_s: 60,
})

it('groups by the month of the athlete, newest first, with its reps', () => {
  const workouts = [
    workout('2026-11-02T10:00:00Z', 5),
    workout('2026-10-31T23:30:00Z', 7),
    workout('2026-10-31T12:00:00Z', 11),
  ]
  const months = (zone: string) => byMonth(workouts, zone).map(({ key, reps }) => [key, reps])
  expect(months('Europe/Berlin')).toEqual([
    ['2026-11', 12],
    ['2026-10', 11],
  ])
  expect(months('UTC')).toEqual([
    ['2026-11', 5],
    ['2026-10', 18],
  ])
  expect(byMonth([], 'UTC')).toEqual([])
})
