import { useI18n } from 'vue-i18n'
import type { Entry } from '@/api/roster'
import { useRosterWords } from '@/composables/useRosterWords'
import { useToday } from '@/composables/useToday'
import { download } from '@/lib/download'
import { csv } from '@/lib/roster'

/** Rows of the roster as a table for a spreadsheet, in the page's words. */
export function useRosterCsv(): (entries: readonly Entry[]) => void {
  const { t } = useI18n()
  const words = useRosterWords()
  const today = useToday()
  const head = ['name', 'bucket', 'urgency', 'last_day', 'workouts_28d', 'percent', 'groups', 'since']

  return (entries) => {
    const rows = entries.map((one) => [
      one.name,
      words.bucket(one.bucket),
      one.reasons.map(words.reason).join('; '),
      one.last_day,
      one.workouts_28d,
      one.percent,
      one.groups.map(({ name }) => name).join('; '),
      one.since.slice(0, 10),
    ])
    const text = csv([head.map((key) => t(`roster.column.${key}`)), ...rows])
    download(`posecoach-${today.value}.csv`, 'text/csv', `\ufeff${text}`)
  }
}
