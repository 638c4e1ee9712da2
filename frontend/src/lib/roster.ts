/** The roster without Vue: its address, where reasons lead, what a day of the week looks like. */
import type { LocationQuery, RouteLocationNamedRaw } from 'vue-router'
import type { AthleteBucket, ReasonTarget, RosterQuery, WeekDay } from '@/api/roster'

export const BUCKETS: readonly AthleteBucket[] = ['attention', 'new', 'on_track', 'resting']
export type Sort = NonNullable<RosterQuery['sort']>
export type Column = 'urgency' | 'name' | 'last_day' | 'workouts_28d' | 'percent'
/** Which way a column is sorted at the first click: numbers from the top, names from A. */
const FIRST: Record<Column, Sort> = {
  urgency: 'urgency',
  name: 'name',
  last_day: '-last_day',
  workouts_28d: '-workouts_28d',
  percent: 'percent',
}

export interface Filter {
  bucket: AthleteBucket | null
  group: string | null
  q: string
  sort: Sort
  page: number
}

const SORTS = new Set<string>(Object.keys(FIRST).flatMap((name) => [name, `-${name}`]))
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Of an address; what it says wrong is as if it were not said. */
export function filterOf(query: LocationQuery): Filter {
  const bucket = text(query.bucket) as AthleteBucket
  const sort = text(query.sort)
  const group = text(query.group)
  return {
    bucket: BUCKETS.includes(bucket) ? bucket : null,
    group: /^[0-9a-f-]{36}$/i.test(group) ? group : null,
    q: text(query.q).slice(0, 80),
    sort: SORTS.has(sort) ? (sort as Sort) : 'urgency',
    page: Math.max(1, Math.min(10_000, Math.trunc(Number(text(query.page))) || 1)),
  }
}

/** Without what is usual, so that an address is short. */
export function queryOf(filter: Filter): Record<string, string> {
  const { bucket, group, q, sort, page } = filter
  return {
    ...(bucket && { bucket }),
    ...(group && { group }),
    ...(q && { q }),
    ...(sort !== 'urgency' && { sort }),
    ...(page > 1 && { page: String(page) }),
  }
}

/** As the API is asked. */
export function askedOf({ bucket, group, q, sort, page }: Filter): RosterQuery {
  return { ...(bucket && { bucket }), ...(group && { group }), ...(q && { q }), sort, page }
}

/** The order after a click on a column: its first one, then the other way round. */
export function nextSort(sort: Sort, column: Column): Sort {
  if (sort !== FIRST[column]) return FIRST[column]
  return (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as Sort
}

export function ariaSort(sort: Sort, column: Column): 'ascending' | 'descending' | 'none' {
  if (sort.replace('-', '') !== column) return 'none'
  return sort.startsWith('-') ? 'descending' : 'ascending'
}

/** Where one click on a reason leads: to the repetition, where there is one. */
export function targetLink(athleteId: string, target: ReasonTarget): RouteLocationNamedRaw {
  const { kind, workout, set, rep, t_ms, planned } = target
  if (kind === 'set' && workout && set) {
    const query = { ...(rep && { rep: String(rep) }), ...(t_ms !== null && { t: String(t_ms) }) }
    return { name: 'coach-set', params: { athleteId, id: workout, setId: set }, query }
  }
  if (kind === 'workout' && workout) {
    return { name: 'coach-workout', params: { athleteId, id: workout } }
  }
  if (kind === 'planned') {
    return { name: 'coach-plan', params: { athleteId }, query: planned ? { planned } : {} }
  }
  return { name: kind === 'trends' ? 'coach-trends' : 'coach-athlete', params: { athleteId } }
}

export type CellState = 'green' | 'yellow' | 'red' | 'open' | 'extra' | 'none'

/** A day of the week at a glance. open: planned and not over; extra: trained without a plan. */
export function cellState({ planned, trained, bucket }: WeekDay): CellState {
  if (bucket) return bucket
  if (planned) return 'open'
  return trained ? 'extra' : 'none'
}

/** A second sign beside the colour. */
export const CELL_SIGNS: Record<CellState, string> = {
  green: '✓',
  yellow: '~',
  red: '✕',
  open: '○',
  extra: '+',
  none: '·',
}

/** A cell of CSV (RFC 4180); text that a spreadsheet would take for a formula stays text. */
export function csvCell(value: string | number | null): string {
  if (typeof value === 'number' || value === null) return String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
