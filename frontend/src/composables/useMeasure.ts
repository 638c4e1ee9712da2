import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import type { Measure } from '@/lib/trend'

interface MeasureWords {
  name: (measure: Measure) => string
  /** The value with its unit in words. */
  value: (measure: Measure, value: number) => string
}

export function useMeasure(): MeasureWords {
  const { t } = useI18n()
  const format = useFormat()

  function value(measure: Measure, amount: number): string {
    switch (measure) {
      case 'reps':
        return format.count('reps', Math.round(amount))
      case 'hold_s':
        return format.duration(amount)
      case 'rom_deg':
        return format.unit(amount, 'degree')
      case 'tempo_s':
        return format.unit(amount, 'second', 1)
      case 'reps_per_min':
        return t('units.repsPerMinute', { n: format.number(amount, 1) })
    }
  }

  return { name: (measure) => t(`measures.${measure}`), value }
}
