/** Days, weeks and months of the calendar; days are "2026-11-22", months "2026-11". No Vue. */
import { dayAsDate } from './format'

const DAY_MS = 24 * 3600 * 1000
const WEEK_DAYS = 7

const textOf = (date: Date): string => date.toISOString().slice(0, 10)

export const monthOf = (day: string): string => day.slice(0, 7)

export function addDays(day: string, days: number): string {
  return textOf(new Date(dayAsDate(day).getTime() + days * DAY_MS))
}

/** From the first to the last: 0 where they are the same. */
export const daysBetween = (first: string, last: string): number =>
  Math.round((dayAsDate(last).getTime() - dayAsDate(first).getTime()) / DAY_MS)

export function addMonths(month: string, months: number): string {
  const first = dayAsDate(`${month}-01`)
  first.setUTCMonth(first.getUTCMonth() + months)
  return monthOf(textOf(first))
}

/** The same day of another month, or that month's last. */
export function moveMonths(day: string, months: number): string {
  const month = addMonths(monthOf(day), months)
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const same = `${month}-${day.slice(8)}`
  return same > last ? last : same
}

/** Days since the Monday of its week: 0 … 6, as in the API. */
export const weekday = (day: string): number => (dayAsDate(day).getUTCDay() + 6) % WEEK_DAYS

export const mondayOf = (day: string): string => addDays(day, -weekday(day))

/** The weeks that a month lies in, from Monday to Sunday, with the days of its neighbours. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const weeks: string[][] = []
  for (let monday = mondayOf(first); monthOf(monday) <= month;) {
    const start = monday
    weeks.push(Array.from({ length: WEEK_DAYS }, (_, i) => addDays(start, i)))
    monday = addDays(monday, WEEK_DAYS)
  }
  return weeks
}

/** How much of a day's movement there was, in four steps: 1 little … 4 as much as on the fullest day. */
export function steps(activeS: number, mostS: number): number {
  return mostS > 0 ? Math.max(1, Math.ceil((4 * activeS) / mostS)) : 1
}
