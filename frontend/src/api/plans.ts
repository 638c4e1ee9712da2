/** Plans and planned workouts. */
import { api, unwrap } from './client'
import type { components } from './schema'

export type PlannedWorkout = components['schemas']['Planned']

export const getPlanned = (id: string): Promise<PlannedWorkout> =>
  unwrap(api.GET('/api/planned/{planned_id}', { params: { path: { planned_id: id } } }))
