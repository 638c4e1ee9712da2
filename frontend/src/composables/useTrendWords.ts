import { useI18n } from 'vue-i18n'
import type { Span, TrendSeries, TrendSlope } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { useMeasure } from '@/composables/useMeasure'
import { slopeOf, summarise, type Measure } from '@/lib/trend'

interface TrendWords {
  /** A trend in sentences: for everybody as a caption, and for those who do not see the plot. */
  say: (series: TrendSeries, measure: Measure, by?: Span) => string
  /** Where it goes and how sure that is: "Rising, quite sure: +2.1° a week, between +0.8° and +3.0°." */
  direction: (series: TrendSeries, measure: Measure, by?: Span) => string
  /** A point's place in time: a day, or the week, month or year that begins with it. */
  when: (day: string, by: Span) => string
}

export function useTrendWords(): TrendWords {
  const { t } = useI18n()
  const format = useFormat()
  const measures = useMeasure()

  function when(day: string, by: Span): string {
    if (by === 'month') return format.day(day, { month: 'long', year: 'numeric' })
    if (by === 'year') return format.day(day, { year: 'numeric' })
    return by === 'week' ? t('trendwords.weekOf', { day: format.day(day) }) : format.day(day)
  }

  function slopeText(slope: TrendSlope, measure: Measure, by: Span): string {
    const { words, per_week, low, high } = slope
    if (per_week === null || low === null || high === null) return t(`trendwords.tooFew.${by}`)
    const end = (amount: number): string => measures.change(measure, amount, true)
    const values = { change: measures.change(measure, per_week), low: end(low), high: end(high) }
    return t(`trendwords.slope.${words}`, values)
  }

  function direction(series: TrendSeries, measure: Measure, by: Span = 'day'): string {
    const slope = slopeOf(series, measure)
    return slope ? slopeText(slope, measure, by) : t(`trendwords.tooFew.${by}`)
  }

  function say(series: TrendSeries, measure: Measure, by: Span = 'day'): string {
    const summary = summarise(series, measure)
    if (!summary) return t('trends.nothing')
    const value = (amount: number): string => measures.value(measure, amount)
    const latest = t('trendwords.latest', { value: value(summary.latest), when: when(summary.latestDay, by) })
    if (summary.days === 1) return latest
    const typical = t(`trendwords.typical.${by}`, { value: value(summary.typical) })
    const several = series.model_versions.length > 1
    const version = several ? t('trends.ofModel', { version: summary.modelVersion }) : ''
    return [typical, latest, version].filter(Boolean).join(' ')
  }

  return { say, direction, when }
}
