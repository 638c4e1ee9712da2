/** One athlete as their coach sees them; the report is there for athletes themselves, too. */
import { api, apiOf, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type AthleteEntry = Schemas['Entry']
export type TimelineEntry = Schemas['TimelineEntry']
export type Timeline = Schemas['Timeline']
export type CoachNote = Schemas['Note']
export type Report = Schemas['Report']
export type WorthALook = Schemas['WorthALook']
export type Pain = Schemas['Pain']

const athlete = (athlete_id: string) => ({ params: { path: { athlete_id } } })
const note = (athlete_id: string, note_id: string) => ({ params: { path: { athlete_id, note_id } } })

export const getAthlete = (id: string): Promise<AthleteEntry> =>
  unwrap(api.GET('/api/athletes/{athlete_id}', athlete(id)))
export const getTimeline = (athlete_id: string, before?: string, limit = 15): Promise<Timeline> =>
  unwrap(
    api.GET('/api/athletes/{athlete_id}/timeline', {
      params: { path: { athlete_id }, query: { before, limit } },
    }),
  )

export const listNotes = (id: string): Promise<CoachNote[]> =>
  unwrap(api.GET('/api/athletes/{athlete_id}/notes', athlete(id)))
export const putNote = (athleteId: string, id: string, text: string): Promise<CoachNote> =>
  unwrap(api.PUT('/api/athletes/{athlete_id}/notes/{note_id}', { ...note(athleteId, id), body: { text } }))
export const deleteNote = (athleteId: string, id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/athletes/{athlete_id}/notes/{note_id}', note(athleteId, id)))
export const restoreNote = (athleteId: string, id: string): Promise<CoachNote> =>
  unwrap(api.POST('/api/athletes/{athlete_id}/notes/{note_id}/restore', note(athleteId, id)))

/** Of the local days from `from` to `to`, "2026-11-22" each. `of`: of which athlete, null for oneself. */
export const getReport = (from: string, to: string, of: string | null): Promise<Report> =>
  unwrap(apiOf(of).GET('/api/report', { params: { query: { from, to } } }))
