/** Programmes, plans and planned workouts. */
import { api, apiOf, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Programme = Schemas['Programme']
export type ProgrammeGiven = Schemas['ProgrammeGivenRequest']
export type Prescription = Schemas['Prescription']
export type Rule = Schemas['RuleEnum']
export type Plan = Schemas['Plan']
export type PlanStart = Schemas['PlanStartRequest']
export type PlannedWorkout = Schemas['Planned']
export type PlannedItem = Schemas['PlannedItem']
export type PlannedChange = Schemas['PatchedPlannedChangeRequest']
export type Bucket = Schemas['BucketEnum']
export type Compliance = Schemas['Compliance']
export type PlanChange = Schemas['PlanChange']
export type PlanChangeGiven = Schemas['PlanChangeGivenRequest']
export type Performed = Schemas['Performed']
export type PerformedSet = Schemas['PerformedSet']
export type PerformedRep = Schemas['PerformedRep']
export type Mark = Schemas['Mark']
export type CalendarFeed = Schemas['CalendarFeed']

const programme = (programme_id: string) => ({ params: { path: { programme_id } } })
const plan = (plan_id: string) => ({ params: { path: { plan_id } } })
const planned = (planned_id: string) => ({ params: { path: { planned_id } } })

export const listProgrammes = (): Promise<Programme[]> => unwrap(api.GET('/api/programmes'))
export const putProgramme = (id: string, body: ProgrammeGiven): Promise<Programme> =>
  unwrap(api.PUT('/api/programmes/{programme_id}', { ...programme(id), body }))
export const deleteProgramme = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/programmes/{programme_id}', programme(id)))
export const restoreProgramme = (id: string): Promise<Programme> =>
  unwrap(api.POST('/api/programmes/{programme_id}/restore', programme(id)))

/** `of`, here and below: of which athlete, null for oneself. */
export const listPlans = (of: string | null = null): Promise<Plan[]> => unwrap(apiOf(of).GET('/api/plans'))
export const startPlan = (id: string, body: PlanStart): Promise<Plan> =>
  unwrap(api.PUT('/api/plans/{plan_id}', { ...plan(id), body }))
export const endPlan = (id: string): Promise<unknown> => unwrap(api.DELETE('/api/plans/{plan_id}', plan(id)))
export const restorePlan = (id: string): Promise<Plan> =>
  unwrap(api.POST('/api/plans/{plan_id}/restore', plan(id)))

/** Of the days from `from` to `to`, both "2026-11-22". */
export const listPlanned = (from: string, to: string, of: string | null = null): Promise<PlannedWorkout[]> =>
  unwrap(apiOf(of).GET('/api/planned', { params: { query: { from, to } } }))
export const getPlanned = (id: string): Promise<PlannedWorkout> =>
  unwrap(api.GET('/api/planned/{planned_id}', planned(id)))
export const changePlanned = (id: string, body: PlannedChange): Promise<PlannedWorkout> =>
  unwrap(api.PATCH('/api/planned/{planned_id}', { ...planned(id), body }))
/** Each set and repetition beside what was asked for. */
export const getPerformed = (id: string, of: string | null = null): Promise<Performed> =>
  unwrap(apiOf(of).GET('/api/planned/{planned_id}/done', planned(id)))
export const listPlanChanges = (of: string | null = null): Promise<PlanChange[]> =>
  unwrap(apiOf(of).GET('/api/plan-changes'))
export const getCompliance = (weeks: number, of: string | null = null): Promise<Compliance> =>
  unwrap(apiOf(of).GET('/api/compliance', { params: { query: { weeks } } }))

export const getCalendarFeed = (): Promise<CalendarFeed> => unwrap(api.GET('/api/calendar-feed'))
export const renewCalendarFeed = (): Promise<CalendarFeed> => unwrap(api.POST('/api/calendar-feed'))
export const withdrawCalendarFeed = (): Promise<unknown> => unwrap(api.DELETE('/api/calendar-feed'))

/** Of a coach, for one athlete. */
export const assignPlan = (athlete: string, id: string, body: PlanStart): Promise<Plan> =>
  unwrap(
    api.PUT('/api/athletes/{athlete_id}/plans/{plan_id}', {
      params: { path: { athlete_id: athlete, plan_id: id } },
      body,
    }),
  )

const change = (athlete_id: string, change_id: string) => ({ params: { path: { athlete_id, change_id } } })

export const putPlanChange = (athlete: string, id: string, body: PlanChangeGiven): Promise<PlanChange> =>
  unwrap(api.PUT('/api/athletes/{athlete_id}/plan-changes/{change_id}', { ...change(athlete, id), body }))
export const undoPlanChange = (athlete: string, id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/athletes/{athlete_id}/plan-changes/{change_id}', change(athlete, id)))
