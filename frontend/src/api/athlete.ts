import { api, apiOf, unwrap } from './client'
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
/** Here and below, `of`: of which athlete, null for oneself. */
export const getTrends = (period: Period, by: Span, of: string | null = null): Promise<Trends> =>
  unwrap(apiOf(of).GET('/api/trends', { params: { query: { period, by } } }))
export const getRecords = (of: string | null = null): Promise<Records> =>
  unwrap(apiOf(of).GET('/api/records'))
/** Days with training from the first to the last, "2026-11-22" each. */
export const getCalendar = (
  from: string,
  to: string,
  of: string | null = null,
): Promise<{ days: TrainedDay[] }> =>
  unwrap(apiOf(of).GET('/api/calendar', { params: { query: { from, to } } }))
