import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { WorkoutSet } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { useLocalWorkoutStore } from '@/stores/localWorkouts'

/** A sentence where this device counted something else than the server; empty where they agree. */
export function useOwnCountOf(set: MaybeRefOrGetter<WorkoutSet>): ComputedRef<string> {
  const { t } = useI18n()
  const format = useFormat()
  const local = useLocalWorkoutStore()

  const own = computed(() => {
    const { id, state, rep_count } = toValue(set)
    const count = state === 'done' ? local.ownOf(id)?.rep_count : undefined
    return count === rep_count ? undefined : count
  })
  watch(
    own,
    (count) => {
      if (count === undefined) return
      const { id, rep_count, model_version } = toValue(set)
      console.warn(
        `Set ${id}: ${count} repetitions on this device, ${rep_count} by the server (${model_version})`,
      )
    },
    { immediate: true },
  )
  return computed(() => {
    if (own.value === undefined) return ''
    const reps = format.number(toValue(set).rep_count)
    return t('waiting.differs', { own: format.number(own.value), reps })
  })
}
