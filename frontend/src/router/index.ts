import {
  createRouter,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type RouteRecordRaw,
  type Router,
  type RouterHistory,
} from 'vue-router'
import type { Scope } from '@/composables/useSubject'
import { coachRoutes } from './coach'

declare module 'vue-router' {
  interface RouteMeta {
    /** Name of the page in `titles.json`. */
    title: string
    /** Who may come: everybody when absent. */
    who?: 'athlete' | 'coach' | 'guest'
    /** What an athlete has to grant before a coach may come. */
    scope?: Scope
    /** Without navigation, over the whole screen. */
    bare?: boolean
    dark?: boolean
  }
}

const guest = (title: string): RouteRecordRaw['meta'] => ({ title, who: 'guest' })
const athlete = (title: string): RouteRecordRaw['meta'] => ({ title, who: 'athlete' })

export const routes: RouteRecordRaw[] = [
  {
    path: '/welcome',
    name: 'welcome',
    meta: guest('welcome'),
    component: () => import('@/views/WelcomeView.vue'),
  },
  {
    path: '/sign-up',
    name: 'sign-up',
    meta: guest('signUp'),
    component: () => import('@/views/SignUpView.vue'),
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    meta: guest('signIn'),
    component: () => import('@/views/SignInView.vue'),
  },
  {
    path: '/forgot-password',
    name: 'forgot-password',
    meta: guest('forgotPassword'),
    component: () => import('@/views/ForgotPasswordView.vue'),
  },
  { path: '/reset-password', redirect: { name: 'forgot-password' } },
  {
    path: '/reset-password/:key',
    name: 'reset-password',
    meta: { title: 'resetPassword' },
    props: (to) => ({ resetKey: String(to.params.key) }),
    component: () => import('@/views/ResetPasswordView.vue'),
  },
  {
    path: '/verify-email/:key',
    name: 'verify-email',
    meta: { title: 'verifyEmail' },
    props: (to) => ({ verifyKey: String(to.params.key) }),
    component: () => import('@/views/VerifyEmailView.vue'),
  },
  { path: '/', name: 'home', meta: athlete('home'), component: () => import('@/views/HomeView.vue') },
  {
    path: '/train',
    name: 'train',
    meta: { title: 'train', who: 'athlete', bare: true, dark: true },
    component: () => import('@/views/StudioView.vue'),
  },
  {
    path: '/first-run',
    name: 'first-run',
    meta: { title: 'firstRun', who: 'athlete', bare: true },
    component: () => import('@/views/FirstRunView.vue'),
  },
  {
    path: '/demo',
    name: 'demo',
    meta: { title: 'demo', bare: true, dark: true },
    component: () => import('@/views/DemoView.vue'),
  },
  {
    path: '/workouts',
    name: 'history',
    meta: athlete('history'),
    component: () => import('@/views/HistoryView.vue'),
  },
  {
    path: '/workouts/:id',
    name: 'workout',
    meta: athlete('workout'),
    props: true,
    component: () => import('@/views/WorkoutView.vue'),
  },
  {
    path: '/workouts/:id/sets/:setId',
    name: 'set',
    meta: athlete('set'),
    props: true,
    component: () => import('@/views/SetView.vue'),
  },
  {
    path: '/notifications',
    name: 'notifications',
    meta: athlete('notifications'),
    component: () => import('@/views/NotificationsView.vue'),
  },
  {
    path: '/trends',
    name: 'trends',
    meta: athlete('trends'),
    component: () => import('@/views/TrendsView.vue'),
  },
  {
    path: '/records',
    name: 'records',
    meta: athlete('records'),
    component: () => import('@/views/RecordsView.vue'),
  },
  { path: '/plan', name: 'plan', meta: athlete('plan'), component: () => import('@/views/PlanView.vue') },
  {
    path: '/plan/done/:plannedId',
    name: 'plan-done',
    meta: athlete('planDone'),
    props: true,
    component: () => import('@/views/PlanDoneView.vue'),
  },
  {
    path: '/plan/programmes',
    name: 'programmes',
    meta: athlete('programmes'),
    component: () => import('@/views/ProgrammesView.vue'),
  },
  {
    path: '/plan/new',
    name: 'programme-new',
    meta: athlete('programme'),
    component: () => import('@/views/ProgrammeNewView.vue'),
  },
  {
    path: '/plan/start/:id',
    name: 'plan-start',
    meta: athlete('planStart'),
    props: true,
    component: () => import('@/views/PlanStartView.vue'),
  },
  {
    path: '/exercises',
    name: 'exercises',
    meta: athlete('exercises'),
    component: () => import('@/views/ExercisesView.vue'),
  },
  {
    path: '/exercises/:slug',
    name: 'exercise',
    meta: athlete('exercise'),
    props: true,
    component: () => import('@/views/ExerciseView.vue'),
  },
  {
    path: '/device/check',
    name: 'device-check',
    meta: athlete('deviceCheck'),
    component: () => import('@/views/DeviceCheckView.vue'),
  },
  {
    path: '/device/room',
    name: 'room',
    meta: athlete('room'),
    component: () => import('@/views/RoomView.vue'),
  },
  {
    path: '/profile',
    name: 'profile',
    meta: athlete('profile'),
    component: () => import('@/views/ProfileView.vue'),
  },
  {
    path: '/security',
    name: 'security',
    meta: athlete('security'),
    component: () => import('@/views/SecurityView.vue'),
  },
  {
    path: '/profile/data',
    name: 'data',
    meta: athlete('data'),
    component: () => import('@/views/DataView.vue'),
  },
  {
    path: '/become-coach',
    name: 'become-coach',
    meta: athlete('becomeCoach'),
    component: () => import('@/views/BecomeCoachView.vue'),
  },
  {
    path: '/report',
    name: 'report',
    meta: athlete('report'),
    component: () => import('@/views/ReportView.vue'),
  },
  {
    path: '/coaches',
    name: 'coaches',
    meta: athlete('coaches'),
    component: () => import('@/views/CoachesView.vue'),
  },
  {
    path: '/join/:code',
    name: 'join',
    meta: { title: 'join' },
    props: true,
    component: () => import('@/views/JoinView.vue'),
  },
  ...coachRoutes,
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    meta: { title: 'notFound' },
    component: () => import('@/views/NotFoundView.vue'),
  },
]

/** A page of ours to go to after signing in: never another site. */
export function safeNext(next: unknown): string {
  const own = typeof next === 'string' && /^\/(?![/\\])/.test(next)
  return own ? next : '/'
}

interface Visitor {
  signedIn: boolean
  isCoach: boolean
  /** Has to set up a second factor before anything else. */
  lacksFactor: boolean
}

/** Pages that the server makes itself. */
export const isServerPage = (path: string): boolean => /^\/admin(\/|$)/.test(path)

/** Where a visitor is sent instead, or true when the page is theirs to see. */
export function admit(to: RouteLocationNormalized, visitor: Visitor): RouteLocationRaw | true {
  const who = to.meta.who
  if (who === 'guest') return visitor.signedIn ? safeNext(to.query.next) : true
  if (who === undefined) return true
  if (visitor.signedIn && visitor.lacksFactor && to.name !== 'security') {
    return { name: 'security', query: { next: to.fullPath } }
  }
  if (visitor.signedIn) return who === 'athlete' || visitor.isCoach || { name: 'become-coach' }
  return to.path === '/' ? { name: 'welcome' } : { name: 'sign-in', query: { next: to.fullPath } }
}

interface Visits extends Visitor {
  asked: boolean
  load: () => Promise<void>
}

/** The page comes while the server says who is there; the router asks for it again and hears of a failure then. */
function fetchParts(to: RouteLocationNormalized): void {
  for (const { components } of to.matched) {
    const part: unknown = components?.default
    if (typeof part === 'function') Promise.resolve((part as () => unknown)()).catch(() => undefined)
  }
}

export function createPages(history: RouterHistory, visitor: () => Visits): Router {
  const router = createRouter({
    history,
    routes,
    // A page that has a place of that name goes there itself, once it is there.
    scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? false : { top: 0 }),
  })
  router.beforeEach(async (to) => {
    if (isServerPage(to.path)) {
      location.assign(to.fullPath)
      return false
    }
    const who = visitor()
    if (!who.asked) fetchParts(to)
    // When the server cannot be asked, the page itself says so: signed out is not the same.
    if (!who.asked) await who.load().catch(() => undefined)
    if (!who.asked) return true
    return admit(to, who)
  })
  return router
}
