import { useI18n } from 'vue-i18n'
import type { Attempt, Rep, WorkoutSet } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { tempoTotal } from '@/lib/reps'

interface RepWords {
  rep: (rep: Rep) => string
  attempt: (attempt: Attempt) => string
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

  return {
    message,
    rom,
    tempo,
    reason,
    rep: (rep) => t('set.repLabel', { n: rep.index + 1, rom: rom(rep), tempo: tempo(rep) }),
    attempt: (attempt) => t('set.attemptLabel', { reason: reason(attempt) }),
  }
}
