import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { WorkoutSet } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { useWeight } from '@/composables/useWeight'

/** What else there is to say of a set, in one line. */
export function useSetFacts(set: MaybeRefOrGetter<WorkoutSet>): ComputedRef<string> {
  const { t } = useI18n()
  const format = useFormat()
  const weights = useWeight()

  return computed(() => {
    const { attempt_count, duration_s, source, exercise_chosen, weight_kg, rpe } = toValue(set)
    return [
      weight_kg === null ? '' : weights.text(weight_kg),
      rpe === null ? '' : t('corrections.effort.short', { n: format.number(rpe, 1) }),
      attempt_count > 0 ? format.count('attempts', attempt_count) : '',
      duration_s ? format.duration(duration_s) : '',
      source === 'video' ? t('set.fromVideo') : '',
      exercise_chosen === null ? t('set.recognised') : '',
    ]
      .filter(Boolean)
      .join(' · ')
  })
}
