import { api, unwrap } from './client'
import type {
  Exercise,
  Home,
  Period,
  Profile,
  ProfileChange,
  Records,
  Span,
  TrainedDay,
  Trends,
} from './types'

export const getProfile = (): Promise<Profile> => unwrap(api.GET('/api/me')) as Promise<Profile>
export const patchProfile = (body: ProfileChange): Promise<Profile> =>
  unwrap(api.PATCH('/api/me', { body })) as Promise<Profile>
export const getHome = (): Promise<Home> => unwrap(api.GET('/api/home'))
export const getExercises = (): Promise<Exercise[]> => unwrap(api.GET('/api/exercises'))
export const getTrends = (period: Period, by: Span): Promise<Trends> =>
  unwrap(api.GET('/api/trends', { params: { query: { period, by } } }))
export const getRecords = (): Promise<Records> => unwrap(api.GET('/api/records'))
/** Days with training from the first to the last, "2026-11-22" each. */
export const getCalendar = (from: string, to: string): Promise<{ days: TrainedDay[] }> =>
  unwrap(api.GET('/api/calendar', { params: { query: { from, to } } }))
