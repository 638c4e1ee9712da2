import { useI18n } from 'vue-i18n'
import type { Notification } from '@/api/notifications'
import { usePlanWords } from '@/composables/usePlanWords'
import { useExerciseStore } from '@/stores/exercises'

const WITH_EXERCISE: Partial<Record<Notification['kind'], string>> = {
  comment: 'commentOn',
  corrected: 'correctedOn',
}

/** The sentence of a notification; accounts/notifications/kinds.py says what each of them knows. */
export function useNotificationWords(): (notification: Pick<Notification, 'kind' | 'data'>) => string {
  const { t, te } = useI18n()
  const exercises = useExerciseStore()
  const plans = usePlanWords()

  return ({ kind, data }) => {
    const told = (name: string): string => {
      const value = data[name]
      return typeof value === 'string' ? value : ''
    }
    if (kind === 'coach_request_decided') {
      return t(`notifications.kinds.${data.granted === true ? 'granted' : 'declined'}`)
    }
    const slug = told('exercise')
    const exercise = slug && slug !== 'unknown' ? exercises.name(slug) : ''
    const key = `notifications.kinds.${(exercise && WITH_EXERCISE[kind]) || kind}`
    const title = plans.programme(told('slug') || null, told('title'))
    if (!te(key)) return t('notifications.kinds.other')
    return t(key, { by: told('by') || t('notifications.somebody'), title, exercise })
  }
}
