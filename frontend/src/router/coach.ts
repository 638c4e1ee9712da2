import type { RouteRecordRaw } from 'vue-router'
import type { Scope } from '@/composables/useSubject'

type Meta = RouteRecordRaw['meta']

const coach = (title: string): Meta => ({ title, who: 'coach' })
const granted = (title: string, scope: Scope): Meta => ({ title, who: 'coach', scope })

/** One athlete: own pages with another subject, in a frame that says whose they are. */
const athletePages: RouteRecordRaw[] = [
  {
    path: '',
    name: 'coach-athlete',
    meta: granted('coachAthlete', 'results'),
    component: () => import('@/views/coach/AthleteTimelineView.vue'),
  },
  {
    path: 'workouts/:id',
    name: 'coach-workout',
    meta: granted('workout', 'results'),
    props: true,
    component: () => import('@/views/WorkoutView.vue'),
  },
  {
    path: 'workouts/:id/sets/:setId',
    name: 'coach-set',
    meta: granted('set', 'results'),
    props: true,
    component: () => import('@/views/SetView.vue'),
  },
  {
    path: 'trends',
    name: 'coach-trends',
    meta: granted('trends', 'results'),
    component: () => import('@/views/TrendsView.vue'),
  },
  {
    path: 'records',
    name: 'coach-records',
    meta: granted('records', 'results'),
    component: () => import('@/views/RecordsView.vue'),
  },
  {
    path: 'plan',
    name: 'coach-plan',
    meta: granted('plan', 'plan'),
    component: () => import('@/views/coach/AthletePlanView.vue'),
  },
  {
    path: 'plan/:plannedId',
    name: 'coach-plan-done',
    meta: granted('planDone', 'plan'),
    props: true,
    component: () => import('@/views/PlanDoneView.vue'),
  },
  {
    path: 'notes',
    name: 'coach-notes',
    meta: coach('coachNotes'),
    component: () => import('@/views/coach/AthleteNotesView.vue'),
  },
  {
    path: 'report',
    name: 'coach-report',
    meta: granted('report', 'results'),
    component: () => import('@/views/ReportView.vue'),
  },
]

/** The pages of a coach. Who is none is told how to become one. */
export const coachRoutes: RouteRecordRaw[] = [
  {
    path: '/coach',
    name: 'coach',
    meta: coach('coach'),
    component: () => import('@/views/coach/RosterView.vue'),
  },
  {
    path: '/coach/live',
    name: 'coach-live',
    meta: coach('coachLive'),
    component: () => import('@/views/coach/LiveView.vue'),
  },
  {
    path: '/coach/programmes',
    name: 'coach-programmes',
    meta: coach('coachProgrammes'),
    component: () => import('@/views/coach/ProgrammesView.vue'),
  },
  {
    path: '/coach/programmes/:id',
    name: 'coach-programme',
    meta: coach('coachProgramme'),
    props: true,
    component: () => import('@/views/coach/ProgrammeView.vue'),
  },
  {
    path: '/coach/exercises',
    name: 'coach-exercises',
    meta: coach('coachExercises'),
    component: () => import('@/views/coach/ExercisesView.vue'),
  },
  {
    path: '/coach/exercises/new',
    name: 'coach-exercise-new',
    meta: coach('coachExercise'),
    component: () => import('@/views/coach/ExerciseEditView.vue'),
  },
  {
    path: '/coach/exercises/:id',
    name: 'coach-exercise',
    meta: coach('coachExercise'),
    props: true,
    component: () => import('@/views/coach/ExerciseEditView.vue'),
  },
  {
    path: '/coach/invite',
    name: 'coach-invite',
    meta: coach('coachInvite'),
    component: () => import('@/views/coach/InviteView.vue'),
  },
  {
    path: '/coach/athletes/:athleteId',
    meta: coach('coachAthlete'),
    props: true,
    component: () => import('@/views/coach/AthleteFrame.vue'),
    children: athletePages,
  },
]
