/**
 * What the server knows about one set, kept fresh while it matters: by the socket when it is there, and by asking.
 *
 * The socket only shortens the wait. While it is away, and while the last word of a finished set is due, the set is
 * asked for every few seconds, so that a lost event delays a count and loses none.
 */
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

import type { Attempt, Rep, SetDetail, WorkoutSet } from '@/api/types'
import type { AnalyzedEvent } from '@/components/studio/types'
import { useWorkoutSocket } from './useWorkoutSocket'

export interface LiveSetOptions {
  workoutId: Ref<string | null>
  setId: Ref<string | null>
  /** True once the athlete has finished the set and its result is due. */
  finished: Ref<boolean>
  /** Resolves to null while the server does not know the set yet. */
  fetchSet: (id: string) => Promise<SetDetail | null>
  connect?: (url: string) => WebSocket
}

const POLL_MS = 2_500
const STATES = { open: 0, analyzing: 1, done: 2 } as const

/** Whether `next` may replace `last`: an answer that was overtaken on its way must not turn the count back. */
export function isNewer(next: WorkoutSet, last: WorkoutSet | null): boolean {
  if (!last || next.id !== last.id) return true
  if (next.clips_received !== last.clips_received) return next.clips_received > last.clips_received
  return STATES[next.state] >= STATES[last.state]
}

export function useLiveSet(options: LiveSetOptions) {
  const { workoutId, setId, finished, fetchSet } = options
  const set = shallowRef<SetDetail | null>(null)
  const lastAttempt = shallowRef<Attempt | null>(null)
  const lastRep = shallowRef<Rep | null>(null)
  const reachable = ref(true)
  const done = computed(() => set.value?.state === 'done')
  let timer: ReturnType<typeof setInterval> | undefined

  /** `rep`, `attempt`: the last of this result; an attempt that it no longer has was a repetition after all. */
  function accept(next: WorkoutSet | SetDetail, rep: Rep | null, attempt: Attempt | null): void {
    if (next.id !== setId.value || !isNewer(next, set.value)) return
    const details = set.value ?? { reps: [], attempts: [], missing_clips: [] }
    set.value = { ...details, ...next }
    lastRep.value = rep
    lastAttempt.value = attempt
  }

  function onAnalyzed(event: AnalyzedEvent): void {
    if (event.set.id !== setId.value) return
    accept(event.set, event.last_rep, event.last_attempt)
    // The event has the counts alone; bars and reasons of the summary come with the whole set.
    if (event.set.state === 'done') void refresh()
  }

  async function refresh(): Promise<void> {
    const id = setId.value
    if (!id) return
    try {
      const answer = await fetchSet(id)
      reachable.value = true
      if (!answer || id !== setId.value) return
      accept(answer, answer.reps.at(-1) ?? null, answer.attempts.at(-1) ?? null)
    } catch {
      reachable.value = false
    }
  }

  const socket = useWorkoutSocket(workoutId, {
    onAnalyzed,
    onOpen: () => void refresh(),
    connect: options.connect,
  })
  const polls = computed(
    () => setId.value !== null && !done.value && (finished.value || socket.state.value !== 'live'),
  )

  watch(
    polls,
    (wanted) => {
      clearInterval(timer)
      if (wanted) timer = setInterval(() => void refresh(), POLL_MS)
    },
    { immediate: true },
  )
  watch(setId, () => {
    set.value = null
    lastRep.value = lastAttempt.value = null
  })
  onScopeDispose(() => clearInterval(timer))

  return { set, lastRep, lastAttempt, done, reachable, socketState: socket.state, refresh }
}
