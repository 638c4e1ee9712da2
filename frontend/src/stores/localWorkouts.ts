/** What this device knows of workouts by itself: those that wait for the network, and its own counts. */
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { LiveFigures } from '@/components/studio/types'
import { useFreshnessStore } from './freshness'
import { markSent, readWorkouts, type LocalWorkout } from './openWorkouts'
import { useOutboxStore } from './outbox'

export const useLocalWorkoutStore = defineStore('localWorkouts', () => {
  const outbox = useOutboxStore()
  const freshness = useFreshnessStore()
  const all = ref<readonly LocalWorkout[]>([])
  /** Counts up whenever the server turned out to have all of a workout. */
  const arrived = ref(0)
  let user: string | null = null

  /** Finished ones and, where the server cannot be asked, open ones too; newest first. */
  const waiting = computed(() =>
    all.value
      .filter(({ endedAt, sentAt }) => (endedAt ? !sentAt : freshness.copiedAt !== null))
      .filter(({ sets }) => sets.some(({ discarded }) => !discarded))
      .reverse(),
  )

  function refresh(): void {
    all.value = user === null ? [] : readWorkouts(user)
  }

  function open(next: string | null): void {
    user = next
    refresh()
    void settle()
  }

  /** Once nothing waits any more, the server has every finished workout. */
  async function settle(): Promise<void> {
    const owner = user
    if (owner === null || !(await outbox.drained()) || owner !== user) return
    const fresh = markSent(owner)
    refresh()
    arrived.value += fresh
  }

  watch(
    () => outbox.state.pending,
    (pending) => (pending === 0 ? void settle() : refresh()),
  )
  useEventListener(window, 'storage', refresh)

  const find = (id: string): LocalWorkout | undefined => all.value.find((workout) => workout.id === id)

  /** This device's own count of a set, while it is remembered. */
  const ownOf = (setId: string): LiveFigures | undefined =>
    all.value.flatMap(({ sets }) => sets).find(({ id }) => id === setId)?.own

  return { waiting, arrived, open, refresh, find, ownOf }
})
