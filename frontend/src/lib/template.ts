/** A programme as weeks of days, while a coach writes it. Every function makes another draft. No Vue. */
import { newItem, newKey, type Draft, type DraftDay } from './plan'

export const MOST_WEEKS = 52
export const MOST_DAYS_A_WEEK = 7
export const MOST_DAYS_IN_ALL = 120

export const daysIn = (draft: Draft, week: number): DraftDay[] =>
  draft.days.filter((day) => day.week === week)

const byWeek = (days: DraftDay[]): DraftDay[] => days.toSorted((a, b) => a.week - b.week)
const withDays = (draft: Draft, days: DraftDay[]): Draft => ({ ...draft, days: byWeek(days) })

export const emptyTemplate = (): Draft => addDay({ title: '', weeks: 1, cycle_weeks: 1, days: [] }, 0)

export function roomIn(draft: Draft, week: number): boolean {
  return daysIn(draft, week).length < MOST_DAYS_A_WEEK && draft.days.length < MOST_DAYS_IN_ALL
}

export const newDay = (week: number): DraftDay => ({
  key: newKey(),
  week,
  title: '',
  items: [newItem('squat', false)],
})

export function addDay(draft: Draft, week: number, day: DraftDay = newDay(week)): Draft {
  return roomIn(draft, week) ? withDays(draft, [...draft.days, { ...day, week }]) : draft
}

export const setDay = (draft: Draft, day: DraftDay): Draft =>
  withDays(
    draft,
    draft.days.map((one) => (one.key === day.key ? day : one)),
  )

export const removeDay = (draft: Draft, key: number): Draft =>
  withDays(
    draft,
    draft.days.filter((day) => day.key !== key),
  )

const cloned = (day: DraftDay, week: number): DraftDay => ({
  ...day,
  key: newKey(),
  week,
  items: day.items.map((item) => ({ ...item, key: newKey() })),
})

/** A copy right after the day. */
export function copyDay(draft: Draft, key: number): Draft {
  const at = draft.days.findIndex((day) => day.key === key)
  const day = draft.days[at]
  if (!day || !roomIn(draft, day.week)) return draft
  return withDays(draft, draft.days.toSpliced(at + 1, 0, cloned(day, day.week)))
}

/** To the place `at` among the days of a week, which counts without the day itself. */
export function moveDay(draft: Draft, key: number, week: number, at: number): Draft {
  const day = draft.days.find((one) => one.key === key)
  if (!day || week < 0 || week >= draft.cycle_weeks) return draft
  if (day.week !== week && !roomIn(draft, week)) return draft
  const rest = draft.days.filter((one) => one !== day)
  const there = rest.filter((one) => one.week === week)
  const others = rest.filter((one) => one.week !== week)
  return withDays(draft, [...others, ...there.toSpliced(Math.max(0, at), 0, { ...day, week })])
}

/** A plan as long as its cycle stays so; none is shorter. */
function withCycle(draft: Draft, cycle_weeks: number): Draft {
  const follows = draft.weeks === draft.cycle_weeks
  return { ...draft, cycle_weeks, weeks: follows ? cycle_weeks : Math.max(draft.weeks, cycle_weeks) }
}

const shifted = (days: readonly DraftDay[], from: number, by: number): DraftDay[] =>
  days.map((day) => (day.week >= from ? { ...day, week: day.week + by } : day))

export const addWeek = (draft: Draft): Draft =>
  draft.cycle_weeks < MOST_WEEKS ? withCycle(draft, draft.cycle_weeks + 1) : draft

/** A copy right after the week. */
export function copyWeek(draft: Draft, week: number): Draft {
  const own = daysIn(draft, week)
  if (draft.cycle_weeks >= MOST_WEEKS || draft.days.length + own.length > MOST_DAYS_IN_ALL) return draft
  const copies = own.map((day) => cloned(day, week + 1))
  return withDays(withCycle(draft, draft.cycle_weeks + 1), [...shifted(draft.days, week + 1, 1), ...copies])
}

export function removeWeek(draft: Draft, week: number): Draft {
  if (draft.cycle_weeks === 1) return draft
  const rest = draft.days.filter((day) => day.week !== week)
  return withDays(withCycle(draft, draft.cycle_weeks - 1), shifted(rest, week, -1))
}

/** Changes places with the week before or after. */
export function moveWeek(draft: Draft, week: number, by: 1 | -1): Draft {
  const other = week + by
  if (other < 0 || other >= draft.cycle_weeks) return draft
  const place = (day: DraftDay): number => (day.week === week ? other : day.week === other ? week : day.week)
  return withDays(
    draft,
    draft.days.map((day) => ({ ...day, week: place(day) })),
  )
}
