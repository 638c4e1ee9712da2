/**
 * The session flow of the page: the state machine of `lib/flow`, fed with what the studio sees and counts.
 *
 * It runs on a camera only; a recorded video has its own beginning and end.
 */
import { createEventHook, useIntervalFn } from '@vueuse/core'
import { computed, readonly, ref, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { Command, FlowEvent, FlowState, Guidance } from '@/lib/flow/events'
import type { Gesture } from '@/lib/flow/gestures'
import { HoldClock } from '@/lib/flow/holdClock'
import { SessionFlow, type FlowOptions } from '@/lib/flow/machine'
import type { StampedFrame } from '@/pose/frame'
import { useWorkoutStore } from '@/stores/workout'
import type { useStudio } from './useStudio'

type Studio = Pick<
  ReturnType<typeof useStudio>,
  'status' | 'source' | 'shown' | 'own' | 'recorder' | 'onSeen' | 'startSet' | 'finishSet'
>

export interface SessionFlowOptions {
  options: Readonly<Ref<FlowOptions>>
  /** Something is open that the athlete attends to: nothing begins by itself. */
  busy: Readonly<Ref<boolean>>
}

/** What is under way with a raised hand. */
export interface Signing {
  sign: Gesture
  meaning: Command
  /** Of the time for which it has to be held, in [0, 1]. */
  ratio: number
}

const TICK_MS = 100

export function useSessionFlow(studio: Studio, { options, busy }: SessionFlowOptions) {
  const { status, source, shown } = studio
  const workouts = useWorkoutStore()
  const state = ref<FlowState>('no_person')
  const guidance = ref<Guidance>(null)
  const leftS = ref<number | null>(null)
  const rest = shallowRef<{ leftS: number; totalS: number } | null>(null)
  const signing = shallowRef<Signing | null>(null)
  const holdS = ref(0)
  const told = createEventHook<FlowEvent>()
  const now = (): number => performance.now()

  const active = computed(
    () => source.value === 'camera' && ['ready', 'counting', 'waiting', 'done'].includes(status.value),
  )
  const flow = new SessionFlow(hear, now())
  let clock = new HoldClock()

  function hear(event: FlowEvent): void {
    if (event.type === 'go') void startSet()
    else if (event.type === 'set_ended') void finishSet(event)
    refresh()
    void told.trigger(event)
  }

  async function startSet(): Promise<void> {
    clock = new HoldClock()
    if (!(await studio.startSet())) return flow.abandon()
    if (flow.state === 'exercising') return
    // Stopped before it had begun.
    await endSet(true)
  }

  /** Nobody has to clear away a set that began by itself and in which nothing was done. */
  async function finishSet({ why }: Extract<FlowEvent, { type: 'set_ended' }>): Promise<void> {
    if (status.value !== 'counting') return
    // Where this device has not looked itself, nobody knows yet that it is empty.
    const isEmpty = studio.own.count.value !== null && flow.progress.reps === 0 && flow.progress.holdS < 1
    await endSet(isEmpty && why !== 'command')
  }

  async function endSet(discards: boolean): Promise<void> {
    const { value: id } = studio.recorder.setId
    await studio.finishSet()
    if (discards && id) await workouts.discardSet(id)
  }

  function see({ pose, widthPx, heightPx }: StampedFrame): void {
    if (!active.value) return
    flow.see(pose, widthPx / heightPx, now())
    refresh()
  }

  function refresh(): void {
    const nowMs = now()
    const sign = flow.signing(nowMs)
    const meaning = sign && flow.meaningOf(sign.sign)
    state.value = flow.state
    guidance.value = flow.guidance
    leftS.value = flow.countdownLeftS(nowMs)
    signing.value = sign && meaning ? { ...sign, meaning } : null
    holdS.value = clock.at(nowMs)
    const resting = flow.restLeft(nowMs)
    if (resting?.leftS !== rest.value?.leftS || resting?.totalS !== rest.value?.totalS) rest.value = resting
  }

  function command(wish: Command): void {
    flow.command(wish, now())
    refresh()
  }

  studio.onSeen(see)
  useIntervalFn(() => {
    if (!active.value) return
    flow.tick(now())
    refresh()
  }, TICK_MS)
  watch(options, (wanted) => flow.configure(wanted), { immediate: true })
  watch(busy, (is) => flow.hold(is), { immediate: true })
  watch(status, (is, was) => {
    if (is === 'choosing') flow.restart()
    // Ended from elsewhere, for instance with the whole workout.
    else if (was === 'counting') flow.abandon()
    refresh()
  })
  watch(shown, (set) => {
    if (status.value !== 'counting' || !set) return
    clock.look(set.hold_s ?? 0, now())
    flow.count({ reps: set.rep_count, holdS: set.hold_s ?? 0 }, now())
    refresh()
  })

  return {
    active,
    /** Means something while `active`. */
    state: readonly(state),
    guidance: readonly(guidance),
    leftS: readonly(leftS),
    rest: shallowReadonly(rest),
    signing: shallowReadonly(signing),
    /** Of a hold that is seen to go on, running between the looks. */
    holdS: readonly(holdS),
    target: computed(() => options.value.target),
    command,
    meaningOf: (sign: Gesture) => flow.meaningOf(sign),
    on: told.on,
  }
}
