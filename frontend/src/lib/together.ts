/** Weeks of a trend, of load and of compliance on one axis of time. No Vue, no words. */
import type { Bucket, Compliance } from '@/api/plans'
import type { TrendPoint, TrendSeries } from '@/api/types'
import { addDays, mondayOf } from './calendar'
import { median } from './format'
import { isTotal, type Measure } from './trend'

export interface Week {
  /** Its Monday. */
  start: string
  /** Of the measure, null where nothing was measured. */
  value: number | null
  /** Of all exercises. */
  load: number
  /** Done against asked, null without a plan that week. */
  percent: number | null
  bucket: Bucket | null
}

interface Shown {
  series: readonly TrendSeries[]
  /** The series whose measure is plotted, if any. */
  exercise: string | null
  measure: Measure
  /** Null where plans are not granted. */
  compliance: Compliance['weeks'] | null
  from: string
  to: string
}

const pointsOf = (series: readonly TrendSeries[], start: string): TrendPoint[] =>
  series.flatMap(({ points }) => points.filter(({ day }) => mondayOf(day) === start))

/** Totals of a week are added up; what describes a usual repetition is the middle one of its days. */
function valueOf(points: readonly TrendPoint[], measure: Measure): number | null {
  const values = points.flatMap((point) => point[measure] ?? [])
  if (values.length === 0) return null
  return isTotal(measure) ? values.reduce((sum, value) => sum + value, 0) : median(values)
}

export function together({ series, exercise, measure, compliance, from, to }: Shown): Week[] {
  const chosen = series.filter((one) => one.exercise === exercise)
  const weeks: Week[] = []
  for (let start = mondayOf(from); start <= to; start = addDays(start, 7)) {
    const tally = compliance?.find((week) => week.start === start)?.tally
    weeks.push({
      start,
      value: valueOf(pointsOf(chosen, start), measure),
      load: valueOf(pointsOf(series, start), 'load') ?? 0,
      percent: tally?.percent ?? null,
      bucket: tally?.bucket ?? null,
    })
  }
  return weeks
}

/** Runs of neighbours that have a value: a line joins no gap. */
export function runs(weeks: readonly Week[]): { index: number; value: number }[][] {
  const found: { index: number; value: number }[][] = []
  weeks.forEach(({ value }, index) => {
    if (value === null) return
    const last = found.at(-1)
    if (last && last.at(-1)?.index === index - 1) last.push({ index, value })
    else found.push([{ index, value }])
  })
  return found
}

/** The exercise trained on most days. */
export function mostTrained(series: readonly TrendSeries[]): string | null {
  const days = (one: TrendSeries): number => one.points.reduce((sum, point) => sum + point.days, 0)
  return [...series].sort((a, b) => days(b) - days(a))[0]?.exercise ?? null
}
