import { useI18n } from 'vue-i18n'
import type { Finding } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { formatPercent } from '@/lib/format'

type Said = Pick<Finding, 'fault' | 'joint' | 'measured' | 'limit' | 'unit'>

interface FindingWords {
  /** The fault's name: for a mark on a time line. */
  short: (finding: Said) => string
  /** One whole sentence about it. */
  sentence: (finding: Said) => string
  /** What was measured, and what would be right. */
  measured: (finding: Said) => string
}

/** Findings of form in the page's words. */
export function useFindingWords(): FindingWords {
  const { t, te } = useI18n()
  const format = useFormat()

  const amount = (value: number, unit: Finding['unit']): string => {
    if (unit === 'ratio') return formatPercent(value, format.locale.value)
    return format.unit(value, unit === 'deg' ? 'degree' : 'second', unit === 'deg' ? 0 : 1)
  }
  const measured = ({ measured: found, limit, unit }: Said): string =>
    t('replay.measured', { measured: amount(found, unit), limit: amount(limit, unit) })
  const known = (finding: Said, part: 'title' | 'cue'): string | null => {
    const key = `form.fault.${finding.fault}.${part}`
    return te(key) ? t(key) : null
  }
  const short = (finding: Said): string => known(finding, 'title') ?? finding.fault.replaceAll('_', ' ')
  const sentence = (finding: Said): string => {
    const cue = known(finding, 'cue')
    return cue ? t('replay.finding', { fault: short(finding), cue }) : short(finding)
  }

  return { short, measured, sentence }
}
