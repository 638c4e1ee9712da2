import { useI18n } from 'vue-i18n'
import type { Finding } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { measuredOf } from '@/lib/findingWords'

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

  const measured = (finding: Said): string => {
    const { key, ...values } = measuredOf(finding, format.locale.value)
    return t(key, values)
  }
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
