import { inject, provide, type InjectionKey } from 'vue'
import type { RouteLocationNamedRaw } from 'vue-router'

/** Kinds of data that an athlete opens to a coach, one by one. */
export const SCOPES = ['results', 'replay', 'live', 'plan', 'comments'] as const
export type Scope = (typeof SCOPES)[number]

/** A page that shows somebody's training, by the name it has for one's own. */
export type SubjectPage =
  'history' | 'workout' | 'set' | 'trends' | 'records' | 'plan' | 'plan-done' | 'report'

type SubjectLink = RouteLocationNamedRaw & { name: SubjectPage }

/** Whose training the pages below show: one's own, or that of an athlete who has granted it. */
export interface Subject {
  /** Null for one's own. */
  readonly athleteId: string | null
  /** Empty for oneself. */
  readonly name: string
  /** Of the API: "/workouts" is "/api/workouts", or "/api/athletes/…/workouts". */
  path: (path: `/${string}`) => string
  /** Everything of one's own. */
  can: (scope: Scope) => boolean
  /** The same page in the place where this subject's pages are. */
  to: (link: SubjectLink) => RouteLocationNamedRaw
}

export const oneself: Subject = {
  athleteId: null,
  name: '',
  path: (path) => `/api${path}`,
  can: () => true,
  to: (link) => link,
}

const COACH_PAGES: Record<SubjectPage, string> = {
  history: 'coach-athlete',
  workout: 'coach-workout',
  set: 'coach-set',
  trends: 'coach-trends',
  records: 'coach-records',
  plan: 'coach-plan',
  'plan-done': 'coach-plan-done',
  report: 'coach-report',
}

/** `known`: what the server says of the athlete, asked for each time since a grant may change. */
export function anAthlete(
  athleteId: string,
  known: () => { name: string; scopes: readonly string[] },
): Subject {
  return {
    athleteId,
    get name() {
      return known().name
    },
    path: (path) => `/api/athletes/${athleteId}${path}`,
    can: (scope) => known().scopes.includes(scope),
    to: ({ name, params, ...rest }) => ({
      ...rest,
      name: COACH_PAGES[name],
      params: { ...params, athleteId },
    }),
  }
}

const SUBJECT: InjectionKey<Subject> = Symbol('subject')

export const provideSubject = (subject: Subject): void => provide(SUBJECT, subject)

/** Whose data is read here. Api functions take `athleteId` as their last argument. */
export const useSubject = (): Subject => inject(SUBJECT, oneself)
