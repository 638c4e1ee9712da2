/**
 * That an athlete wants to be alone until the workout ends: kept on this device, so that a reload does not undo it.
 */
import { useLocalStorage } from '@vueuse/core'
import { computed, watch, type Ref } from 'vue'
import { readWorkouts } from '@/stores/openWorkouts'

interface Wish {
  user: string
  /** Null until the first set makes one. */
  workout: string | null
  sinceMs: number
}

/** A wish for a workout that never began. */
const FORGOTTEN_MS = 6 * 3_600_000

export interface UnwatchedOptions {
  /** Who trains; the key of the workouts on this device. */
  user: Readonly<Ref<string | null>>
  /** The id of the workout that this page trains in. */
  workout: Readonly<Ref<string | null>>
}

export function useUnwatched({ user, workout }: UnwatchedOptions) {
  const wish = useLocalStorage<Wish | null>('posecoach.unwatched', null, {
    serializer: { read: (text) => JSON.parse(text) as Wish | null, write: JSON.stringify },
  })
  const isPrivate = computed(() => wish.value !== null && wish.value.user === user.value)

  function lapse(): void {
    const { value } = wish
    if (!value || !user.value) return
    const isOpen = (id: string): boolean =>
      readWorkouts(value.user).some((one) => one.id === id && one.endedAt === null)
    if (value.workout === null && workout.value) wish.value = { ...value, workout: workout.value }
    else if (value.workout === null) {
      if (Date.now() - value.sinceMs > FORGOTTEN_MS) wish.value = null
    } else if (!isOpen(value.workout)) wish.value = null
  }
  // After the store has kept what has ended.
  watch([user, workout], lapse, { immediate: true, flush: 'post' })

  return {
    isPrivate,
    stop: () => {
      if (user.value) wish.value = { user: user.value, workout: workout.value, sinceMs: Date.now() }
    },
    allow: () => (wish.value = null),
  }
}
