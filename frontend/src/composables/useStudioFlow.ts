/** The session flow as the training page has it: with voice, keys and the planned workout that may lead. */
import { computed, proxyRefs, watch, type Ref } from 'vue'
import { standsReady } from '@/lib/flow/events'
import { useFlowKeys } from './useFlowKeys'
import { useFlowVoice } from './useFlowVoice'
import { useSessionFlow } from './useSessionFlow'
import type { useStudio } from './useStudio'
import type { StudioSettings } from './useStudioSettings'
import type { useTraining } from './useTraining'

export interface StudioFlowOptions {
  training: Pick<ReturnType<typeof useTraining>, 'led' | 'exercise' | 'options' | 'next'>
  settings: Readonly<Ref<StudioSettings>>
  /** Something is open that the athlete attends to. */
  busy: Readonly<Ref<boolean>>
}

export function useStudioFlow(
  studio: ReturnType<typeof useStudio>,
  { training, settings, busy }: StudioFlowOptions,
) {
  const counting = computed(() => studio.status.value === 'counting')
  const handsFree = computed(() => settings.value.handsFree)
  const session = useSessionFlow(studio, { options: training.options, busy })
  const { sentence } = useFlowVoice(session, { handsFree, next: training.next })
  useFlowKeys(session, { counting, busy })

  const { led } = training
  // Once only: who goes on with sets of their own rests between them as always.
  watch(led.isOver, (over) => over && session.command('finish'))
  watch(busy, (is) => is && session.state.value === 'countdown' && session.command('stop'))

  /** Once somebody stands there, the picture is worth more than the controls. */
  const folded = computed(
    () => handsFree.value && session.active.value && standsReady(session.state.value, session.guidance.value),
  )
  /** What is drawn into the picture while somebody gets into position; null where nothing is. */
  const framing = computed(() => {
    const { value: state } = session.state
    const guides = ['no_person', 'positioning', 'ready', 'countdown'].includes(state)
    if (!guides || !handsFree.value || !session.active.value) return null
    const { view } = training.options.value.needs
    return { exercise: training.exercise.value, view, well: state === 'ready' }
  })
  /** The set of now, its hold as a clock that runs between two looks. */
  const running = computed(() => {
    const { value: set } = studio.shown
    if (!set || set.hold_s === null || !counting.value) return set
    return { ...set, hold_s: Math.max(set.hold_s, session.holdS.value) }
  })
  /** For machines, also of a recorded video, which exercises by itself. */
  const told = computed(() => {
    if (session.active.value) return session.state.value
    return counting.value ? 'exercising' : undefined
  })

  return { flow: proxyRefs(session), session, sentence, folded, framing, running, told }
}
