import { useI18n } from 'vue-i18n'
import type { TrendSeries } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { useMeasure } from '@/composables/useMeasure'
import { summarise, type Measure } from '@/lib/trend'

const NOTABLE = 0.05

/** A trend in sentences: for everybody as a caption, and for those who do not see the plot. */
export function useTrendWords(): (series: TrendSeries, measure: Measure) => string {
  const { t } = useI18n()
  const format = useFormat()
  const measures = useMeasure()

  function changeText(change: number | null): string {
    if (change === null) return ''
    if (Math.abs(change) < NOTABLE) return t('trends.steady')
    const percent = format.number(Math.abs(change) * 100)
    return t(change > 0 ? 'trends.more' : 'trends.less', { percent })
  }

  return (series, measure) => {
    const summary = summarise(series, measure)
    if (!summary) return t('trends.nothing')
    const value = (amount: number): string => measures.value(measure, amount)
    const latest = t('trends.latest', { value: value(summary.latest), day: format.day(summary.latestDay) })
    if (summary.days === 1) return `${latest} ${t('trends.oneDay')}`
    const typical = t('trends.typical', { value: value(summary.typical) })
    const several = series.model_versions.length > 1
    const version = several ? t('trends.ofModel', { version: summary.modelVersion }) : ''
    return [typical, latest, changeText(summary.change), version].filter(Boolean).join(' ')
  }
}
