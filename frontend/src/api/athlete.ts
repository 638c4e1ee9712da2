import { api, unwrap } from './client'
import type { Exercise, Home, Period, Profile, ProfileChange, TrendSeries } from './types'

export const getProfile = (): Promise<Profile> => unwrap(api.GET('/api/me')) as Promise<Profile>
export const patchProfile = (body: ProfileChange): Promise<Profile> =>
  unwrap(api.PATCH('/api/me', { body })) as Promise<Profile>
export const getHome = (): Promise<Home> => unwrap(api.GET('/api/home'))
export const getExercises = (): Promise<Exercise[]> => unwrap(api.GET('/api/exercises'))
export const getTrends = (period: Period, exercise?: string): Promise<{ series: TrendSeries[] }> =>
  unwrap(api.GET('/api/trends', { params: { query: { period, exercise } } }))
