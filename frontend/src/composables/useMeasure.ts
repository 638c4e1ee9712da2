import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import { formatClock } from '@/lib/format'
import type { Measure } from '@/lib/trend'

interface MeasureWords {
  name: (measure: Measure) => string
  /** The value with its unit in words. */
  value: (measure: Measure, value: number) => string
  /** The short form that stands beside an axis. */
  tick: (measure: Measure, value: number) => string
}

export function useMeasure(): MeasureWords {
  const { t } = useI18n()
  const format = useFormat()

  function value(measure: Measure, amount: number): string {
    switch (measure) {
      case 'reps':
        return format.count('reps', Math.round(amount))
      case 'hold_s':
        return format.hold(amount)
      case 'rom_deg':
        return format.unit(amount, 'degree')
      case 'tempo_s':
        return format.unit(amount, 'second', 1)
      case 'reps_per_min':
        return t('units.repsPerMinute', { n: format.number(amount, 1) })
    }
  }

  function tick(measure: Measure, amount: number): string {
    if (measure === 'hold_s') return formatClock(amount * 1000)
    const unit = measure === 'rom_deg' ? '°' : measure === 'tempo_s' ? ' s' : ''
    return format.number(amount, 1) + unit
  }

  return { tick, name: (measure) => t(`measures.${measure}`), value }
}
