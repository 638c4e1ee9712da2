/** What a trend shows and says. No Vue, no words: pages put the words to it. */
import type { TrendPoint, TrendSeries, TrendSlope } from '@/api/types'
import { dayAsDate, median } from './format'

/** What a page can plot: the API's measures without those that say little alone. */
export type Measure = Exclude<TrendSlope['measure'], 'sets' | 'active_s'>

/** Sums of a day stand as bars from zero; means of a day are points on a line. */
export const isTotal = (measure: Measure): boolean =>
  measure === 'reps' || measure === 'hold_s' || measure === 'load'

/** Shares in [0, 1], written as percent. */
export const isShare = (measure: Measure): boolean =>
  measure === 'symmetry' || measure === 'fatigue_speed' || measure === 'fatigue_rom'

const REP_MEASURES: readonly Measure[] = [
  'reps',
  'rom_deg',
  'tempo_s',
  'reps_per_min',
  'symmetry',
  'fatigue_speed',
  'fatigue_rom',
  'one_rm_kg',
  'load',
]
const HOLD_MEASURES: readonly Measure[] = ['hold_s', 'load']

/** The measures that this series has values for, the main one first. */
export function measuresOf(series: TrendSeries): Measure[] {
  const isHold = series.points.some((point) => point.hold_s !== null && point.hold_s > 0)
  const possible = isHold ? HOLD_MEASURES : REP_MEASURES
  return possible.filter((measure) => series.points.some((point) => point[measure] !== null))
}

/** The slope of a measure, over the points of the newest model version. */
export function slopeOf(series: TrendSeries, measure: Measure): TrendSlope | null {
  return series.slopes.find((slope) => slope.measure === measure) ?? null
}

/** Two ends of a slope, and what lies between the ends of its interval there. */
export interface SlopeLine {
  from: string
  to: string
  values: [number, number]
  /** At from and at to, the lower and the higher one. */
  bounds: [[number, number], [number, number]]
  atMiddle: number
}

const WEEK_MS = 7 * 24 * 3600 * 1000

/** The line of a slope through the middle of its time, or null where there is none to draw. */
export function lineOf(slope: TrendSlope | null): SlopeLine | null {
  if (!slope || slope.per_week === null || slope.low === null) return null
  if (slope.high === null || slope.at_middle === null) return null
  const { at_middle: middle, per_week, low, high } = slope
  const weeks = (dayAsDate(slope.until).getTime() - dayAsDate(slope.since).getTime()) / WEEK_MS / 2
  return {
    from: slope.since,
    to: slope.until,
    values: [middle - per_week * weeks, middle + per_week * weeks],
    bounds: [
      [middle - high * weeks, middle - low * weeks],
      [middle + low * weeks, middle + high * weeks],
    ],
    atMiddle: middle,
  }
}

/** Points in a row of one model version: figures of two versions are never joined by a line. */
export interface Segment {
  modelVersion: string
  points: TrendPoint[]
}

/** Splits where the model version changes, in order of day: a version may come back. */
export function segmentsOf(points: readonly TrendPoint[]): Segment[] {
  const segments: Segment[] = []
  const byDay = [...points].sort((a, b) => a.day.localeCompare(b.day))
  const versions = [...new Set(byDay.map(({ model_version }) => model_version))]
  const rank = ({ model_version }: TrendPoint) => versions.indexOf(model_version)
  const inOrder = byDay.sort((a, b) => a.day.localeCompare(b.day) || rank(a) - rank(b))
  for (const point of inOrder) {
    const last = segments.at(-1)
    if (last?.modelVersion === point.model_version) last.points.push(point)
    else segments.push({ modelVersion: point.model_version, points: [point] })
  }
  return segments
}

export interface TrendSummary {
  days: number
  latest: number
  latestDay: string
  typical: number
  best: number
  bestDay: string
  /** The version that these figures are of, when there are several. */
  modelVersion: string
}

interface DayValue {
  day: string
  value: number
}

function valuesOf(points: readonly TrendPoint[], measure: Measure): DayValue[] {
  return points.flatMap((point) => {
    const value = point[measure]
    return value === null ? [] : [{ day: point.day, value }]
  })
}

/** Figures of the newest model version only, so that no comparison crosses versions. */
export function summarise(series: TrendSeries, measure: Measure): TrendSummary | null {
  const segments = segmentsOf(series.points)
  const newest = segments.at(-1)
  if (!newest) return null
  const own = segments.filter(({ modelVersion }) => modelVersion === newest.modelVersion)
  const values = valuesOf(
    own.flatMap(({ points }) => points),
    measure,
  )
  const latest = values.at(-1)
  const typical = median(values.map(({ value }) => value))
  if (!latest || typical === null) return null
  const best = values.reduce((a, b) => (b.value > a.value ? b : a))
  return {
    days: new Set(values.map(({ day }) => day)).size,
    latest: latest.value,
    latestDay: latest.day,
    typical,
    best: best.value,
    bestDay: best.day,
    modelVersion: newest.modelVersion,
  }
}
