/** What pages read and change. Starting, filling and finishing go through the outbox (`@/pose/outbox`). `of`: of which athlete, null for oneself. */
import { api, apiOf, unwrap } from './client'
import type { SetDetail, Workout, WorkoutDetail, WorkoutPage, WorkoutSet } from './types'

const workout = (workout_id: string) => ({ params: { path: { workout_id } } })
const set = (set_id: string) => ({ params: { path: { set_id } } })

export const listWorkouts = (before?: string, limit = 20, of: string | null = null): Promise<WorkoutPage> =>
  unwrap(apiOf(of).GET('/api/workouts', { params: { query: { before, limit } } }))
export const getWorkout = (id: string, of: string | null = null): Promise<WorkoutDetail> =>
  unwrap(apiOf(of).GET('/api/workouts/{workout_id}', workout(id)))
export type Pain = Pick<Workout, 'pain_level' | 'pain_area'>
export const patchWorkout = (id: string, body: { note: string } | Pain): Promise<Workout> =>
  unwrap(api.PATCH('/api/workouts/{workout_id}', { ...workout(id), body }))
export const deleteWorkout = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/workouts/{workout_id}', workout(id)))
export const restoreWorkout = (id: string): Promise<Workout> =>
  unwrap(api.POST('/api/workouts/{workout_id}/restore', workout(id)))

/** As it is now, or not at all: what is waited for is not waited for in a copy. */
export const getSetNow = (id: string): Promise<SetDetail> =>
  unwrap(api.GET('/api/sets/{set_id}', { ...set(id), cache: 'no-store' }))
export const getSet = (id: string, of: string | null = null): Promise<SetDetail> =>
  unwrap(apiOf(of).GET('/api/sets/{set_id}', set(id)))
export const deleteSet = (id: string): Promise<unknown> => unwrap(api.DELETE('/api/sets/{set_id}', set(id)))
export const restoreSet = (id: string): Promise<WorkoutSet> =>
  unwrap(api.POST('/api/sets/{set_id}/restore', set(id)))
