/** On which days a programme falls: `coach.schedule` in the page, held to the same answers. No Vue. */
import { addDays, weekday } from './calendar'

export interface Cycle {
  /** The programme's week of each of its days, from 0. */
  weeksOf: readonly number[]
  cycleWeeks: number
}

export interface Schedule {
  /** "2026-11-22". */
  startsOn: string
  /** 0 is Monday. */
  weekdays: readonly number[]
  weeks: number
}

/** Which day of the programme falls on which of the chosen days, both from 0; see `laid_out` on the server. */
export function laidOut(
  { weeksOf, cycleWeeks }: Cycle,
  aWeek: number,
  weeks: number,
): { place: number; day: number }[] {
  if (cycleWeeks === 1) {
    return Array.from({ length: weeks * aWeek }, (_, place) => ({ place, day: place % weeksOf.length }))
  }
  const pages: number[][] = []
  for (let week = 0; week < cycleWeeks; week++) {
    const own = weeksOf.flatMap((its, day) => (its === week ? [day] : []))
    const starts = own.length
      ? Array.from({ length: Math.ceil(own.length / aWeek) }, (_, i) => i * aWeek)
      : [0]
    pages.push(...starts.map((at) => own.slice(at, at + aWeek)))
  }
  return Array.from({ length: weeks }, (_, week) =>
    pages[week % pages.length].map((day, at) => ({ place: week * aWeek + at, day })),
  ).flat()
}

/** Each workout of a plan with its day; nothing while the schedule is not complete. */
export function planDays(
  cycle: Cycle,
  { startsOn, weekdays, weeks }: Schedule,
): { date: string; day: number }[] {
  if (!startsOn || weekdays.length === 0 || cycle.weeksOf.length === 0 || !(weeks > 0)) return []
  const chosen = Array.from({ length: weeks * 7 }, (_, ahead) => addDays(startsOn, ahead)).filter((date) =>
    weekdays.includes(weekday(date)),
  )
  return laidOut(cycle, weekdays.length, weeks).map(({ place, day }) => ({ date: chosen[place], day }))
}
