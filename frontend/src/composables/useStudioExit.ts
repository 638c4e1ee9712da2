/** The ways out of the training page: finished, left open, signed out. None of them loses a set. */
import { computed, ref } from 'vue'
import { onBeforeRouteLeave, useRoute, useRouter, type RouteLocationRaw } from 'vue-router'
import { useAuthStore } from '@/stores/auth'
import { useWorkoutStore } from '@/stores/workout'
import type { useStudio } from './useStudio'

type Studio = Pick<
  ReturnType<typeof useStudio>,
  'status' | 'finishSet' | 'finishWorkout' | 'leave' | 'backToChoice'
>

const SIGN_IN = { name: 'sign-in', query: { next: '/train' } }
const YOUR_DATA = { name: 'data' }

export function useStudioExit(studio: Studio) {
  const route = useRoute()
  const router = useRouter()
  const auth = useAuthStore()
  const workouts = useWorkoutStore()
  const asking = ref(false)
  const finishing = ref(false)
  const kept = ref(false)
  const counting = computed(() => studio.status.value === 'counting')
  let decided = false

  /** Where the way out leads: the guided minute goes on where it sent somebody here. */
  const back = () => ({ name: route.query.first ? 'first-run' : 'home' })
  const after = (id: string) =>
    route.query.first
      ? { ...back(), query: { workout: id } }
      : { path: `/workouts/${id}`, query: { finished: '1' } }

  async function finishWorkout(): Promise<void> {
    asking.value = false
    finishing.value = true
    const ended = await studio.finishWorkout()
    finishing.value = false
    if (ended && !ended.sent) {
      kept.value = true
      return studio.backToChoice()
    }
    decided = true
    await router.push(ended ? after(ended.id) : back())
  }

  /** Ends a running set, but not the workout: it is offered again on the next visit. */
  async function leaveOpen(): Promise<void> {
    await studio.finishSet()
    studio.leave()
    decided = true
    await router.push(back())
  }

  function close(): void {
    if (workouts.workout) asking.value = true
    else void leaveOpen()
  }

  /** During a set in a tab of its own, so that the set goes on. */
  function openAside(page: RouteLocationRaw): boolean {
    if (counting.value) window.open(router.resolve(page).href, '_blank')
    return counting.value
  }

  function signIn(): void {
    if (openAside(SIGN_IN)) return
    auth.forget()
    void router.push(SIGN_IN)
  }

  function yourData(): void {
    if (!openAside(YOUR_DATA)) void router.push(YOUR_DATA)
  }

  onBeforeRouteLeave(() => {
    if (decided || !counting.value) return true
    asking.value = true
    return false
  })

  return {
    asking,
    finishing,
    kept,
    finishWorkout,
    leaveOpen,
    close,
    signIn,
    yourData,
    home: () => void router.push({ name: 'home' }),
    reload: () => window.location.reload(),
  }
}
