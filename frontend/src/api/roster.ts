/** A coach's athletes and groups. Nothing of it is kept: a grant may end at any time. */
import { api, unwrap } from './client'
import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Roster = Schemas['Roster']
export type Entry = Schemas['Entry']
export type Reason = Schemas['Reason']
export type ReasonTarget = Schemas['Target']
export type WeekDay = Schemas['WeekDay']
export type AthleteBucket = Schemas['AthleteBucketEnum']
export type Group = Schemas['Group']
export type RosterQuery = NonNullable<operations['athletes_list']['parameters']['query']>

const group = (group_id: string) => ({ params: { path: { group_id } } })

export const listAthletes = (query: RosterQuery): Promise<Roster> =>
  unwrap(api.GET('/api/athletes', { params: { query }, cache: 'no-store' }))
export const getAthlete = (athlete_id: string): Promise<Entry> =>
  unwrap(api.GET('/api/athletes/{athlete_id}', { params: { path: { athlete_id } }, cache: 'no-store' }))

export const listGroups = (): Promise<Group[]> => unwrap(api.GET('/api/groups', { cache: 'no-store' }))
export const putGroup = (id: string, name: string): Promise<Group> =>
  unwrap(api.PUT('/api/groups/{group_id}', { ...group(id), body: { name } }))
export const deleteGroup = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/groups/{group_id}', group(id)))
export const changeGroup = (id: string, change: { add?: string[]; remove?: string[] }): Promise<Group> =>
  unwrap(api.PATCH('/api/groups/{group_id}/athletes', { ...group(id), body: change }))

/** Every one of them, whatever the pages. */
export async function allAthletes(): Promise<Entry[]> {
  const first = await listAthletes({ sort: 'name' })
  const pages = Array.from({ length: Math.max(0, first.pages - 1) }, (_, i) => i + 2)
  const others = await Promise.all(pages.map((page) => listAthletes({ sort: 'name', page })))
  return [first, ...others].flatMap(({ results }) => results)
}
