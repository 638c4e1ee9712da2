import { useI18n } from 'vue-i18n'
import type { Grant, Look, PastGrant, Scope } from '@/api/links'
import { useFormat } from '@/composables/useFormat'
import { lastDay } from '@/lib/links'
import { useAuthStore } from '@/stores/auth'
import { useExerciseStore } from '@/stores/exercises'

interface LinkWords {
  scope: (scope: Scope) => string
  /** "your results, plans and comments" */
  scopes: (scopes: readonly Scope[]) => string
  /** "since 3 March, until 1 June" */
  span: (grant: Grant) => string
  /** "3 March to 1 June, ended by you" */
  past: (grant: PastGrant) => string
  /** What was looked at: "a set of squats of 3 March". */
  look: (look: Look) => string
}

/** Grants and looks in plain words. */
export function useLinkWords(): LinkWords {
  const { t } = useI18n()
  const format = useFormat()
  const auth = useAuthStore()
  const exercises = useExerciseStore()

  const dayOf = (iso: string): string => named(format.localDay(iso))
  const named = (day: string): string => format.day(day, { day: 'numeric', month: 'long', year: 'numeric' })
  const scope = (one: Scope): string => t(`coaches.scope.${one}.short`)

  function span({ granted_at, ends_at }: Grant): string {
    const since = dayOf(granted_at)
    if (ends_at === null) return t('coaches.since', { since })
    return t('coaches.sinceUntil', { since, until: named(lastDay(ends_at, auth.timeZone)) })
  }

  function past({ granted_at, ended_at, ended_by }: PastGrant): string {
    const from = dayOf(granted_at)
    if (ended_at === null) return t('coaches.since', { since: from })
    return t(`coaches.past.${ended_by ?? 'nobody'}`, { from, to: dayOf(ended_at) })
  }

  function look({ what, about }: Look): string {
    const day = about?.day ? format.day(about.day, { day: 'numeric', month: 'long' }) : ''
    const ofSet = what === 'set' || what === 'replay' || what === 'live'
    if (about?.title) return t('coaches.looked.planTitle', { title: about.title })
    if (ofSet && about?.exercise)
      return t(`coaches.looked.${what}Of`, { exercise: exercises.name(about.exercise), day })
    if (about?.workout) return t(`coaches.looked.${ofSet ? what : 'workout'}Day`, { day })
    return t(`coaches.looked.${what}`)
  }

  return { scope, scopes: (all) => format.list(all.map(scope)), span, past, look }
}
