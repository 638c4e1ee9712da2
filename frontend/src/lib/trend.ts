/** What a trend shows and says. No Vue, no words: pages put the words to it. */
import type { TrendPoint, TrendSeries } from '@/api/types'
import { median } from './format'

export type Measure = 'reps' | 'hold_s' | 'rom_deg' | 'tempo_s' | 'reps_per_min'

/** Sums of a day stand as bars from zero; means of a day are points on a line. */
export const isTotal = (measure: Measure): boolean => measure === 'reps' || measure === 'hold_s'

const REP_MEASURES: readonly Measure[] = ['reps', 'rom_deg', 'tempo_s', 'reps_per_min']

/** The measures that this series has values for, the main one first. */
export function measuresOf(series: TrendSeries): Measure[] {
  const isHold = series.points.some((point) => point.hold_s !== null && point.hold_s > 0)
  const possible: readonly Measure[] = isHold ? ['hold_s'] : REP_MEASURES
  return possible.filter((measure) => series.points.some((point) => point[measure] !== null))
}

/** Points of one model version: figures of two versions are never joined by a line. */
export interface Segment {
  modelVersion: string
  points: TrendPoint[]
}

/** Splits by model version, in the order in which the versions first appear. */
export function segmentsOf(points: readonly TrendPoint[]): Segment[] {
  const segments = new Map<string, TrendPoint[]>()
  const inOrder = [...points].sort((a, b) => a.day.localeCompare(b.day))
  for (const point of inOrder) {
    const segment = segments.get(point.model_version)
    if (segment) segment.push(point)
    else segments.set(point.model_version, [point])
  }
  return [...segments].map(([modelVersion, own]) => ({ modelVersion, points: own }))
}

export interface TrendSummary {
  days: number
  latest: number
  latestDay: string
  typical: number
  best: number
  bestDay: string
  /** Change of the later half of the days against the earlier half, as a share; null when too few days. */
  change: number | null
  /** The version that these figures are of, when there are several. */
  modelVersion: string
}

const DAYS_FOR_A_CHANGE = 4

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

function changeOf(values: readonly DayValue[]): number | null {
  if (values.length < DAYS_FOR_A_CHANGE) return null
  const numbers = values.map(({ value }) => value)
  const half = Math.floor(numbers.length / 2)
  const earlier = median(numbers.slice(0, half))
  const later = median(numbers.slice(-half))
  return earlier && later !== null ? later / earlier - 1 : null
}

/** Figures of the newest model version only, so that no comparison crosses versions. */
export function summarise(series: TrendSeries, measure: Measure): TrendSummary | null {
  const newest = segmentsOf(series.points).at(-1)
  if (!newest) return null
  const values = valuesOf(newest.points, measure)
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
    change: changeOf(values),
    modelVersion: newest.modelVersion,
  }
}
