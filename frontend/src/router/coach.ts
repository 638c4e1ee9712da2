import type { RouteRecordRaw } from 'vue-router'

const coach = (title: string): RouteRecordRaw['meta'] => ({ title, who: 'coach' })

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
    path: '/coach/exercises',
    name: 'coach-exercises',
    meta: coach('coachExercises'),
    component: () => import('@/views/coach/ExercisesView.vue'),
  },
  {
    path: '/coach/invite',
    name: 'coach-invite',
    meta: coach('coachInvite'),
    component: () => import('@/views/coach/InviteView.vue'),
  },
]
