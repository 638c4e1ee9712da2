/** What pages read and change. Starting, filling and finishing go through the outbox (`@/pose/outbox`). */
import { call } from './client'
import type { SetDetail, Workout, WorkoutDetail, WorkoutPage, WorkoutSet } from './types'

const workoutPath = (id: string): string => `/api/workouts/${encodeURIComponent(id)}`
const setPath = (id: string): string => `/api/sets/${encodeURIComponent(id)}`

export const listWorkouts = (before?: string, limit = 20): Promise<WorkoutPage> =>
  call('GET', '/api/workouts', undefined, { before, limit })
export const getWorkout = (id: string): Promise<WorkoutDetail> => call('GET', workoutPath(id))
export const patchWorkout = (id: string, change: { note: string }): Promise<Workout> =>
  call('PATCH', workoutPath(id), change)
export const deleteWorkout = (id: string): Promise<void> => call('DELETE', workoutPath(id))
export const restoreWorkout = (id: string): Promise<Workout> => call('POST', `${workoutPath(id)}/restore`)

export const getSet = (id: string): Promise<SetDetail> => call('GET', setPath(id))
export const deleteSet = (id: string): Promise<void> => call('DELETE', setPath(id))
export const restoreSet = (id: string): Promise<WorkoutSet> => call('POST', `${setPath(id)}/restore`)
