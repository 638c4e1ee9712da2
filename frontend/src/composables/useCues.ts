/** Findings of this device's own look, turned into one cue at a time. */
import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LiveMessage } from '@/components/live/types'
import { FRESH, hear } from '@/discriminator/cues'
import type { SetCount } from '@/discriminator/setCounter'

export interface CuesOptions {
  setId: Readonly<Ref<string | null>>
  count: Readonly<Ref<SetCount | null>>
}

/** Another object for everything that is to be said; null between sets. */
export function useCues({ setId, count }: CuesOptions): Readonly<Ref<LiveMessage | null>> {
  const { t, te } = useI18n()
  const cue = shallowRef<LiveMessage | null>(null)
  let coach = FRESH
  let heard = -1

  watch(setId, () => {
    coach = FRESH
    heard = -1
    cue.value = null
  })
  watch(count, (look) => {
    if (!look) return
    const index = look.last_rep?.index ?? -1
    // A repetition is judged once; a hold has none, and is judged at every look.
    if (look.hold_s === null && index <= heard) return
    heard = index
    const answer = hear(coach, { findings: look.findings, atMs: look.analyzed_to_ms })
    coach = answer.coach
    if (!answer.said) return
    const { kind, fault } = answer.said
    const joint = kind === 'cue' ? look.findings.find((one) => one.fault === fault)?.joint : null
    const key = `form.fault.${fault}.${kind}`
    if (te(key)) cue.value = { tone: kind, text: t(key), joint: joint ?? null }
  })
  return shallowReadonly(cue)
}
