import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SetDetail } from '@/api/types'
import { useFindingWords } from '@/composables/useFindingWords'
import { useFormat } from '@/composables/useFormat'
import { median } from '@/lib/format'
import { eventsOf, tempoTotal } from '@/lib/reps'
import { cleanReps, mostFound } from '@/lib/summary'

interface SetSummary {
  facts: ComputedRef<{ label: string; value: string }[]>
  /** What there is most to gain from; praise where nothing was found; empty without repetitions. */
  sentence: ComputedRef<string>
}

/** A set in four figures and one sentence. */
export function useSetSummary(set: MaybeRefOrGetter<SetDetail>): SetSummary {
  const { t } = useI18n()
  const format = useFormat()
  const findings = useFindingWords()

  const events = computed(() => eventsOf(toValue(set)))
  const reps = computed(() =>
    events.value.flatMap((event) => (event.kind === 'rep' && !event.correction ? [event] : [])),
  )
  const facts = computed(() => {
    const rom = median(reps.value.flatMap(({ rep }) => rep.rom_deg ?? []))
    const tempo = median(reps.value.map(({ rep }) => tempoTotal(rep)))
    const { clean, all } = cleanReps(events.value)
    const { duration_s } = toValue(set)
    return [
      { label: t('replay.summary.clean'), value: all ? t('replay.summary.of', { n: clean, all }) : '' },
      { label: t('measures.rom_deg'), value: rom === null ? '' : format.unit(rom, 'degree') },
      { label: t('measures.tempo_s'), value: tempo === null ? '' : format.unit(tempo, 'second', 1) },
      { label: t('replay.summary.time'), value: duration_s ? format.duration(duration_s) : '' },
    ].filter(({ value }) => value !== '')
  })
  const sentence = computed(() => {
    if (reps.value.length === 0) return ''
    const most = mostFound(reps.value.map((event) => event.findings))
    if (!most) return t('replay.summary.allClean')
    return t(
      'replay.summary.most',
      { fault: findings.short(most.finding), n: most.reps, all: reps.value.length },
      most.reps,
    )
  })
  return { facts, sentence }
}
