/** Who coaches whom: becoming a coach, invitations, grants, and what was looked at. */
import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Scope = Schemas['ScopeEnum']
export type Coach = Schemas['Coach']
export type CoachOf = Schemas['CoachOf']
export type Grant = Schemas['Grant']
export type PastGrant = Schemas['PastGrant']
export type Invitation = Schemas['Invitation']
export type InvitationMade = Schemas['InvitationMade']
export type Invited = Schemas['Invited']
export type Look = Schemas['Look']
export type Looks = Schemas['Looks']
export type Standing = Schemas['Standing']
export interface GrantGiven {
  scopes: Scope[]
  /** ISO 8601; null: until somebody ends it. */
  ends_at: string | null
}

/** In the order in which they are asked for. */
export const SCOPES: readonly Scope[] = ['results', 'replay', 'live', 'plan', 'comments']

/** What the device keeps of it could outlive a grant. */
const unkept = { cache: 'no-store' } as const
const of = (coach_id: string) => ({ params: { path: { coach_id } } })
const code = (value: string) => ({ params: { path: { code: value } } })

export const getStanding = (): Promise<Standing> => unwrap(api.GET('/api/coach-request', unkept))
export const askToCoach = (about: string): Promise<Standing> =>
  unwrap(api.PUT('/api/coach-request', { body: { about } }))
export const stopCoaching = (): Promise<unknown> => unwrap(api.DELETE('/api/coach-request'))

export const listInvitations = (): Promise<Invitation[]> => unwrap(api.GET('/api/invitations', unkept))
export const invite = (scopes: Scope[], email: string): Promise<InvitationMade> =>
  unwrap(api.POST('/api/invitations', { body: { scopes, email } }))
export const withdrawInvitation = (invitation_id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/invitations/{invitation_id}', { params: { path: { invitation_id } } }))

export const getInvited = (value: string): Promise<Invited> =>
  unwrap(api.GET('/api/invited/{code}', { ...code(value), ...unkept }))
export const acceptInvitation = (value: string, body: GrantGiven): Promise<CoachOf> =>
  unwrap(api.POST('/api/invited/{code}/accept', { ...code(value), body }))

export const listCoaches = (): Promise<CoachOf[]> => unwrap(api.GET('/api/coaches', unkept))
export const changeCoach = (id: string, body: GrantGiven): Promise<CoachOf> =>
  unwrap(api.PUT('/api/coaches/{coach_id}', { ...of(id), body }))
export const endCoach = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/coaches/{coach_id}', of(id)))
/** A coach lets an athlete go. */
export const endAthlete = (athlete_id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/athletes/{athlete_id}', { params: { path: { athlete_id } } }))

export const listLooks = (before?: number): Promise<Looks> =>
  unwrap(api.GET('/api/access-log', { params: { query: { before } }, ...unkept }))
