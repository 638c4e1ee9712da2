import { useI18n } from 'vue-i18n'
import type { Attempt, Rep, WorkoutSet } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { tempoTotal, verdictOf, type SetEvent } from '@/lib/reps'

interface RepWords {
  /** A bar in words: what it was, how much, and the verdict. */
  event: (event: SetEvent) => string
  /** Why a movement did not count, in the page's words where we have them. */
  reason: (attempt: Attempt) => string
  /** The one sentence about a set, if there is one. */
  message: (set: WorkoutSet) => string | null
  rom: (rep: Rep) => string
  tempo: (rep: Rep) => string
}

export function useRepWords(): RepWords {
  const { t, te } = useI18n()
  const format = useFormat()

  const rom = (rep: Rep): string =>
    rep.rom_deg === null ? t('set.notMeasured') : format.unit(rep.rom_deg, 'degree')
  const tempo = (rep: Rep): string => format.unit(tempoTotal(rep), 'second', 1)
  const reason = (attempt: Attempt): string => {
    const key = `reasons.${attempt.reason}`
    return te(key) ? t(key) : attempt.message
  }
  const message = (set: WorkoutSet): string | null => {
    const key = `set.message.${set.message_code}`
    return te(key) ? t(key) : set.message
  }

  const verdict = (event: SetEvent): string => {
    if (event.correction) return t(`replay.verdict.${event.kind === 'rep' ? 'notARep' : 'isARep'}`)
    if (event.kind === 'attempt') return ''
    return verdictOf(event) === 'finding' ? t('replay.verdict.findings', event.findings.length) : ''
  }
  const event = (shown: SetEvent): string => {
    const what =
      shown.kind === 'rep'
        ? t('set.repLabel', { n: shown.rep.index + 1, rom: rom(shown.rep), tempo: tempo(shown.rep) })
        : t('set.attemptLabel', { reason: reason(shown.attempt) })
    return [what, verdict(shown)].filter(Boolean).join('. ')
  }

  return { message, rom, tempo, reason, event }
}
