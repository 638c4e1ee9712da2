import { useI18n } from 'vue-i18n'
import type { Mark, PerformedRep, PerformedSet, PlannedItem } from '@/api/plans'
import { useFormat } from '@/composables/useFormat'
import { usePlanWords } from '@/composables/usePlanWords'
import { useWeight } from '@/composables/useWeight'
import { tempoText } from '@/lib/performed'

/** One figure of a set beside what was asked; `mark` is null where nothing was asked. */
export interface AskedFact {
  key: string
  label: string
  value: string
  mark: Mark | null
  /** The mark in words. */
  word: string
}

interface PerformedWords {
  facts: (set: PerformedSet, asked: PlannedItem | null) => AskedFact[]
  /** A repetition in one sentence, with its verdicts. */
  rep: (rep: PerformedRep, asked: PlannedItem | null) => string
  range: (deg: number) => string
  tempo: (seconds: PerformedRep['tempo_s']) => string
}

/** A tempo does not break at the end of a line. */
const whole = (tempo: string): string => tempo.replaceAll('-', '\u2011')

export function usePerformedWords(): PerformedWords {
  const { t } = useI18n()
  const format = useFormat()
  const words = usePlanWords()
  const weight = useWeight()

  const range = (deg: number): string => t('performed.degrees', { n: format.number(Math.round(deg)) })
  const tempo = (seconds: PerformedRep['tempo_s']): string =>
    whole(tempoText(seconds, (s) => format.number(s, 1)))
  const word = (mark: Mark | null): string => (mark ? words.bucket(mark.percent, mark.bucket) : '')
  /** Too fast here, too slow there: a tempo that is off has no side. */
  const tempoWord = (mark: Mark | null): string => (mark ? t(`performed.tempoIs.${mark.bucket}`) : '')
  const of = (done: string, asked: string | null): string =>
    asked === null ? done : t('performed.of', { done, asked })

  function facts(set: PerformedSet, asked: PlannedItem | null): AskedFact[] {
    const found: AskedFact[] = []
    const tell = (key: string, value: string, mark: Mark | null, said = word(mark)): void =>
      void found.push({ key, label: t(`performed.${key}`), value, mark, word: said })
    const number = (value: number | null | undefined): string | null => (value ? format.number(value) : null)
    if (set.hold_s !== null && (asked?.hold_s || set.rep_count === 0)) {
      const held = of(format.number(Math.round(set.hold_s)), number(asked?.hold_s))
      tell('hold', t('plan.seconds', { n: held }), set.amount)
    } else {
      tell('reps', of(format.number(set.rep_count), number(asked?.reps)), set.amount)
    }
    if (set.rom_deg !== null && set.rom_deg !== undefined) {
      tell('range', of(range(set.rom_deg), asked?.rom_deg ? range(asked.rom_deg) : null), set.range)
    }
    if (set.tempo_s)
      tell(
        'tempo',
        of(tempo(set.tempo_s), asked?.tempo ? whole(asked.tempo) : null),
        set.tempo,
        tempoWord(set.tempo),
      )
    if (set.weight_kg !== null) {
      tell(
        'load',
        of(weight.text(set.weight_kg), asked?.load_kg ? weight.text(asked.load_kg) : null),
        set.load,
      )
    }
    if (set.rest_s !== null)
      tell('rest', t('plan.seconds', { n: format.number(Math.round(set.rest_s)) }), set.rest)
    if (set.rpe !== null) tell('rpe', format.number(set.rpe, set.rpe % 1 ? 1 : 0), null)
    return found
  }

  function rep(one: PerformedRep, asked: PlannedItem | null): string {
    const parts = [
      t('performed.rep', { n: format.number(one.index + 1) }),
      one.counted ? '' : t('performed.notCounted'),
      one.rom_deg === null
        ? ''
        : [of(range(one.rom_deg), asked?.rom_deg ? range(asked.rom_deg) : null), word(one.range)]
            .filter(Boolean)
            .join(': '),
      [of(tempo(one.tempo_s), asked?.tempo ? whole(asked.tempo) : null), tempoWord(one.tempo)]
        .filter(Boolean)
        .join(': '),
    ]
    return parts.filter(Boolean).join(', ')
  }

  return { facts, rep, range, tempo }
}
