/** What of a period stands on paper. No Vue, no words. */
import type { TrendSeries } from '@/api/types'
import { addDays, daysBetween } from './calendar'
import { measuresOf, slopeOf, type Measure } from './trend'

export const PERIODS = [28, 84, 365] as const
/** As many as one question of the API may span. */
export const MOST_DAYS = 400

export interface Period {
  from: string
  to: string
}

/** So many days up to this one. */
export const lastDays = (days: number, today: string): Period => ({
  from: addDays(today, 1 - days),
  to: today,
})

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))

/** What an address names, or the last four weeks. */
export function periodOfQuery(query: Readonly<Record<string, unknown>>, today: string): Period {
  const { from, to } = query
  if (isDay(from) && isDay(to) && isPeriod({ from, to })) return { from, to }
  return lastDays(PERIODS[0], today)
}

export function isPeriod({ from, to }: Period): boolean {
  if (!isDay(from) || !isDay(to)) return false
  const days = daysBetween(from, to)
  return days >= 0 && days <= MOST_DAYS
}

export interface TrendRow {
  series: TrendSeries
  measure: Measure
}

const CLEAR = new Set(['rising', 'falling'])
const MOST_ROWS = 14
const MOST_OF_ONE = 3

/** Of each exercise its main figure of quality and what else clearly moves; the most trained first. */
export function trendRows(all: readonly TrendSeries[]): TrendRow[] {
  const inOrder = [...all].sort((a, b) => b.points.length - a.points.length)
  const rows = inOrder.flatMap((series) => {
    const possible = measuresOf(series).filter((measure) => measure !== 'load')
    const main = possible.find((measure) => measure === 'rom_deg') ?? possible[0]
    const moving = possible.filter((measure) => CLEAR.has(slopeOf(series, measure)?.words ?? ''))
    const shown = [...new Set(main ? [main, ...moving] : moving)].slice(0, MOST_OF_ONE)
    return shown.map((measure, rank) => ({ series, measure, rank }))
  })
  // Every exercise has its first row before any has a second one.
  const kept = new Set([...rows].sort((a, b) => a.rank - b.rank).slice(0, MOST_ROWS))
  return rows.filter((row) => kept.has(row)).map(({ series, measure }) => ({ series, measure }))
}

/** Points of a small plot, each coordinate in [0, 1], y down; of the newest model version alone. */
export function spark({ series, measure }: TrendRow, { from, to }: Period): { x: number; y: number }[] {
  const version = series.points.at(-1)?.model_version
  const known = series.points.flatMap((point) => {
    const value = point[measure]
    return value === null || point.model_version !== version ? [] : [{ day: point.day, value }]
  })
  const values = known.map(({ value }) => value)
  const low = Math.min(...values)
  const range = Math.max(...values) - low
  const days = Math.max(1, daysBetween(from, to))
  return known.map(({ day, value }) => ({
    x: daysBetween(from, day) / days,
    y: range === 0 ? 0.5 : 1 - (value - low) / range,
  }))
}
