import {
  mdiAlertCircleOutline,
  mdiArrowCollapseVertical,
  mdiBandage,
  mdiCalendarRemoveOutline,
  mdiCalendarToday,
  mdiChartLine,
  mdiCounter,
  mdiHandWaveOutline,
  mdiScaleUnbalanced,
  mdiSleep,
  mdiTrophyOutline,
  mdiWifiOff,
} from '@mdi/js'
import { useI18n } from 'vue-i18n'
import type { Entry, Reason, WeekDay } from '@/api/roster'
import { useFormat } from '@/composables/useFormat'
import { useMeasure } from '@/composables/useMeasure'
import { usePlanWords } from '@/composables/usePlanWords'
import { formatPercent } from '@/lib/format'
import { RECORD_KINDS, type RecordKind } from '@/lib/records'
import { cellState } from '@/lib/roster'
import { useExerciseStore } from '@/stores/exercises'

interface RosterWords {
  reason: (reason: Reason) => string
  icon: (reason: Reason) => string
  /** "Monday: 92 %, as planned". */
  day: (day: WeekDay) => string
  lastDay: (day: string | null) => string
  percent: (percent: number | null) => string
  bucket: (bucket: Entry['bucket']) => string
}

const ICONS: Record<Reason['code'], string> = {
  pain: mdiBandage,
  missed: mdiCalendarRemoveOutline,
  no_data: mdiWifiOff,
  disputed: mdiCounter,
  range_falling: mdiArrowCollapseVertical,
  asymmetry: mdiScaleUnbalanced,
  findings: mdiAlertCircleOutline,
  load_high: mdiChartLine,
  record: mdiTrophyOutline,
  new: mdiHandWaveOutline,
  missed_one: mdiCalendarRemoveOutline,
  due_today: mdiCalendarToday,
  resting: mdiSleep,
}

/** Why somebody is where they are on the roster, in the page's words. */
export function useRosterWords(): RosterWords {
  const { t, te } = useI18n()
  const format = useFormat()
  const measures = useMeasure()
  const plans = usePlanWords()
  const exercises = useExerciseStore()

  const share = (percent = 0): string => formatPercent(percent / 100, format.locale.value)
  const days = (n = 0): string => t('roster.days', { n: format.number(n) }, n)
  const ago = (n = 0): string => t('roster.ago', { n: format.number(n) }, n)

  function detail({ code, figures }: Reason): string {
    if (code === 'asymmetry') return t(`roster.side.${figures.detail === 'left' ? 'left' : 'right'}`)
    const key = `form.fault.${figures.detail}.title`
    return te(key) ? t(key) : (figures.detail ?? '')
  }

  function record({ figures }: Reason): string {
    const kind = figures.measure as RecordKind
    const measure = RECORD_KINDS[kind]
    return t('roster.reason.record', {
      exercise: exercises.name(figures.exercise ?? null),
      kind: t(`records.kind.${kind}`),
      value: measures.value(measure, figures.value ?? 0),
      previous: measures.value(measure, figures.previous ?? 0),
    })
  }

  function reason(one: Reason): string {
    const { code, figures } = one
    const exercise = exercises.name(figures.exercise ?? null)
    switch (code) {
      case 'pain': {
        const area = figures.area ? t(`pain.area.${figures.area}`) : ''
        const values = { level: format.number(figures.level ?? 0), area, ago: ago(figures.days) }
        return t(`roster.reason.${area ? 'painArea' : 'pain'}`, values)
      }
      case 'missed':
        return t('roster.reason.missed', { n: format.number(figures.workouts ?? 0) })
      case 'no_data':
        return t(`roster.reason.${figures.ever ? 'silent' : 'never'}`, { days: days(figures.days) })
      case 'disputed':
        return t('roster.reason.disputed', {
          exercise,
          machine: format.number(figures.machine ?? 0),
          athlete: format.number(figures.athlete ?? 0),
        })
      case 'range_falling':
      case 'asymmetry':
      case 'findings':
        return t(`roster.reason.${code}`, {
          exercise,
          percent: share(figures.percent),
          days: days(figures.days),
          detail: detail(one),
        })
      case 'load_high':
        return t('roster.reason.load_high', { ratio: format.number(figures.ratio ?? 0, 1) })
      case 'record':
        return record(one)
      case 'due_today':
        return t('roster.reason.due_today', { title: plans.day(figures.slug || null, figures.title ?? '') })
      default:
        return t(`roster.reason.${code}`, { days: days(figures.days), ago: ago(figures.days) })
    }
  }

  const percent = (value: number | null): string => (value === null ? '' : share(value))

  function day(one: WeekDay): string {
    const name = format.day(one.day, { weekday: 'long' })
    const told =
      one.percent !== null && one.bucket
        ? plans.percent(one.percent, one.bucket)
        : t(`roster.cell.${cellState(one)}`)
    return t('roster.dayOf', { day: name, told })
  }

  return {
    reason,
    icon: ({ code }) => ICONS[code],
    day,
    lastDay: (one) => (one ? format.day(one) : ''),
    percent,
    bucket: (one) => t(`roster.bucket.${one ?? 'unknown'}`),
  }
}
