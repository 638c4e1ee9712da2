/** The session flow in words and sounds: countdown, what is in the way, the end of a set, the rest. */
import { refDebounced, useIntervalFn } from '@vueuse/core'
import { computed, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FlowEvent } from '@/lib/flow/events'
import { useFormat } from './useFormat'
import type { useSessionFlow } from './useSessionFlow'
import { useSounds } from './useSounds'
import { useVoice } from './useVoice'

/** Advice that changes by the moment is noise. */
const STEADY_MS = 900
const AGAIN_MS = 9_000
/** Said over and over to nobody, advice is noise too. */
const TIMES = 3

type Flow = Pick<ReturnType<typeof useSessionFlow>, 'active' | 'state' | 'guidance' | 'rest' | 'on'>

export interface FlowVoiceOptions {
  handsFree: Readonly<Ref<boolean>>
  /** The next set in words; null where there is none. */
  next: Readonly<Ref<string | null>>
}

export function useFlowVoice(flow: Flow, { handsFree, next }: FlowVoiceOptions) {
  const { t } = useI18n()
  const { number } = useFormat()
  const voice = useVoice()
  const sounds = useSounds()

  /** What to do now, in one sentence; null where there is nothing to say. */
  const sentence = computed(() => {
    if (!flow.active.value || !handsFree.value) return null
    const { value: key } = flow.guidance
    return key && t(`flow.guidance.${key}`)
  })
  const steady = refDebounced(sentence, STEADY_MS)
  let times = 0

  function advise(): void {
    if (!steady.value || times >= TIMES || flow.guidance.value === 'nobody') return
    times++
    voice.say('guidance', steady.value)
  }

  const { pause, resume } = useIntervalFn(advise, AGAIN_MS, { immediate: false })
  watch(steady, (said) => {
    times = 0
    pause()
    if (!said) return
    advise()
    resume()
  })

  function tell(event: FlowEvent): void {
    if (event.type === 'tick' || event.type === 'rest_tick') {
      sounds.play('tick')
      if (event.type === 'tick') voice.say('countdown', number(event.left))
    } else if (event.type === 'go') {
      sounds.play('go')
      voice.say('countdown', t('studio.ready.go'))
    } else if (event.type === 'target_reached') {
      voice.say('note', t('flow.said.target'))
    } else if (event.type === 'set_ended') {
      sounds.play('set_end')
      voice.say('note', ending(event.why === 'empty'))
    } else if (event.type === 'rest_ended') {
      sounds.play('rest_end')
      if (next.value) voice.say('note', t('flow.said.rest_over', { next: next.value }))
    }
  }

  function ending(isEmpty: boolean): string {
    if (isEmpty) return t('flow.said.empty')
    const restS = flow.rest.value?.totalS
    return restS ? t('flow.said.rest', { s: number(restS) }) : t('flow.said.set_over')
  }

  flow.on(tell)
  watch(flow.state, (state) => (state === 'paused' ? voice.pause() : voice.resume()))

  return { sentence: steady }
}
