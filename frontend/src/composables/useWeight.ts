import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import { formatWeight, fromKg, toKg, type Units } from '@/lib/weight'
import { useAuthStore } from '@/stores/auth'

interface Weight {
  /** "kg" or "lb". */
  unit: ComputedRef<string>
  /** With its unit, rounded to `digits`. */
  text: (kg: number, digits?: number) => string
  /** The number alone, as it is typed. */
  typed: (kg: number | null) => string
  toKg: (weight: number) => number
}

/** Weights in the units of the athlete's profile. */
export function useWeight(): Weight {
  const { t } = useI18n()
  const auth = useAuthStore()
  const format = useFormat()
  const units = computed<Units>(() => auth.profile?.units ?? 'metric')

  return {
    unit: computed(() => t(`corrections.unit.${units.value}`)),
    text: (kg, digits) => formatWeight(kg, units.value, format.locale.value, digits),
    typed: (kg) => (kg === null ? '' : format.number(fromKg(kg, units.value), 1).replaceAll(/\s/g, '')),
    toKg: (weight) => toKg(weight, units.value),
  }
}
