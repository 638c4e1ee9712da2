/** Exercises that a coach has shown. */
import { api, unwrap } from './client'
import type { OwnExercise, OwnExerciseGiven, SetFrames } from './types'

const one = (own_id: string) => ({ params: { path: { own_id } } })
/** Who it is shared with may change any moment. */
const NOW = { cache: 'no-store' } as const

export const listOwn = (): Promise<OwnExercise[]> => unwrap(api.GET('/api/own-exercises', NOW))
export const getOwn = (id: string): Promise<OwnExercise> =>
  unwrap(api.GET('/api/own-exercises/{own_id}', { ...one(id), ...NOW }))
export const getOwnFrames = (id: string): Promise<SetFrames> =>
  unwrap(api.GET('/api/own-exercises/{own_id}/frames', { ...one(id), ...NOW }))
export const putOwn = (id: string, body: OwnExerciseGiven): Promise<OwnExercise> =>
  unwrap(api.PUT('/api/own-exercises/{own_id}', { ...one(id), body }))
export const retireOwn = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/own-exercises/{own_id}', one(id)))
export const restoreOwn = (id: string): Promise<OwnExercise> =>
  unwrap(api.POST('/api/own-exercises/{own_id}/restore', one(id)))
export const shareOwn = (id: string, athletes: string[]): Promise<OwnExercise> =>
  unwrap(api.PUT('/api/own-exercises/{own_id}/athletes', { ...one(id), body: { athletes } }))
