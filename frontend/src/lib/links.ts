/** Links of coach and athlete, without Vue: when one ends, and looks as an athlete reads them. */
import type { Coach, Look } from '@/api/links'
import { addDays, daysBetween } from './calendar'
import { localDay } from './format'

/** The instant at which the day ends where the athlete is: ISO 8601. */
export function endOfDay(day: string, timeZone: string): string {
  const next = addDays(day, 1)
  // A zone is never further than a day from UTC: look for the first instant of the next day.
  let low = Date.parse(`${day}T00:00:00Z`)
  let high = low + 3 * 24 * 3600_000
  while (high - low > 1000) {
    const middle = (low + high) / 2
    if (daysBetween(next, localDay(new Date(middle).toISOString(), timeZone)) < 0) low = middle
    else high = middle
  }
  return new Date(Math.round(high / 60_000) * 60_000).toISOString()
}

/** The last day of something that is over at the instant. */
export function lastDay(endsAt: string, timeZone: string): string {
  return localDay(new Date(Date.parse(endsAt) - 1).toISOString(), timeZone)
}

/** The same thing looked at by the same coach on one day, however often. */
export interface Looked {
  look: Look
  times: number
}

export interface LooksOfCoach {
  coach: Coach
  looked: Looked[]
}

export interface LooksOfDay {
  day: string
  coaches: LooksOfCoach[]
}

/** Newest first, as they come: by day, then by coach, each thing once. */
export function byDayAndCoach(looks: readonly Look[], timeZone: string): LooksOfDay[] {
  const days: LooksOfDay[] = []
  for (const look of looks) {
    const day = entryOf(days, localDay(look.at, timeZone))
    const mine = coachOf(day, look.coach)
    const known = mine.looked.find((one) => sameThing(one.look, look))
    if (known) known.times += 1
    else mine.looked.push({ look, times: 1 })
  }
  return days
}

function entryOf(days: LooksOfDay[], day: string): LooksOfDay {
  const last = days.at(-1)
  if (last?.day === day) return last
  const made = { day, coaches: [] }
  days.push(made)
  return made
}

function coachOf(day: LooksOfDay, coach: Coach): LooksOfCoach {
  const known = day.coaches.find((one) => one.coach.id === coach.id)
  if (known) return known
  const made = { coach, looked: [] }
  day.coaches.push(made)
  return made
}

const sameThing = (one: Look, other: Look): boolean =>
  one.what === other.what && JSON.stringify(one.about) === JSON.stringify(other.about)

/** The path of an invitation, for links and QR codes. */
export const invitationLink = (origin: string, code: string): string => `${origin}/join/${code}`
