import { call } from './client'
import type { Exercise, Home, Period, Profile, ProfileChange, TrendSeries } from './types'

export const getProfile = (): Promise<Profile> => call('GET', '/api/me')
export const patchProfile = (change: ProfileChange): Promise<Profile> => call('PATCH', '/api/me', change)
export const getHome = (): Promise<Home> => call('GET', '/api/home')
export const getExercises = (): Promise<Exercise[]> => call('GET', '/api/exercises')
export const getTrends = (period: Period, exercise?: string): Promise<{ series: TrendSeries[] }> =>
  call('GET', '/api/trends', undefined, { period, exercise })
