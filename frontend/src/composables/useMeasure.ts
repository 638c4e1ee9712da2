import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import { formatClock, formatPercent } from '@/lib/format'
import { isShare, type Measure } from '@/lib/trend'
import { formatWeight, fromKg, type Units } from '@/lib/weight'
import { useAuthStore } from '@/stores/auth'

interface MeasureWords {
  name: (measure: Measure) => string
  /** The value with its unit in words. */
  value: (measure: Measure, value: number) => string
  /** A difference with its sign and unit, "+2.1°", or with its unit left out where that is a word. */
  change: (measure: Measure, value: number, brief?: boolean) => string
  /** The short form that stands beside an axis and in a table. */
  tick: (measure: Measure, value: number) => string
  /** What a record was before, in a sentence; empty where nothing was, or nobody would see a difference. */
  before: (measure: Measure, value: number, previous: number | null) => string
}

const SHORT: Partial<Record<Measure, string>> = { rom_deg: '°', tempo_s: ' s', hold_s: ' s' }
const OLD: readonly Measure[] = ['reps', 'hold_s', 'rom_deg', 'tempo_s', 'reps_per_min']

export function useMeasure(): MeasureWords {
  const { t } = useI18n()
  const format = useFormat()
  const auth = useAuthStore()
  const units = (): Units => auth.profile?.units ?? 'metric'

  function name(measure: Measure): string {
    return t(OLD.includes(measure) ? `measures.${measure}` : `trendwords.measure.${measure}`)
  }

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
      default:
        return tick(measure, amount)
    }
  }

  function change(measure: Measure, amount: number, brief = false): string {
    const signed = (by: number): string =>
      new Intl.NumberFormat(format.locale.value, {
        signDisplay: 'exceptZero',
        maximumFractionDigits: Math.abs(by) < 0.1 ? 2 : 1,
      }).format(by)
    if (isShare(measure)) {
      const n = signed(amount * 100)
      return brief ? n : t('trendwords.percentagePoints', { n })
    }
    if (measure === 'one_rm_kg') {
      return signed(fromKg(amount, units())) + (units() === 'imperial' ? ' lb' : ' kg')
    }
    return signed(amount) + (SHORT[measure] ?? '')
  }

  function tick(measure: Measure, amount: number): string {
    if (measure === 'hold_s') return formatClock(amount * 1000)
    if (isShare(measure)) return formatPercent(amount, format.locale.value)
    if (measure === 'one_rm_kg') return formatWeight(amount, units(), format.locale.value)
    return format.number(amount, 1) + (SHORT[measure] ?? '')
  }

  function before(measure: Measure, now: number, previous: number | null): string {
    if (previous === null || previous >= now) return ''
    const was = value(measure, previous)
    return was === value(measure, now) ? '' : t('records.before', { value: was })
  }

  return { tick, name, value, change, before }
}
