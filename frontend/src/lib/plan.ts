/** Weeks of a plan, and drafts of a programme. No Vue, no words. */
import type { Plan, PlannedWorkout, Prescription, Programme, ProgrammeGiven, Rule } from '@/api/plans'
import { addDays, mondayOf } from './calendar'

/** 0 is Monday, as in the API. */
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const
export const MOST_DAYS = 7
export const MOST_ITEMS = 15

export interface PlanDay {
  day: string
  planned: PlannedWorkout[]
}

/** The seven days of the week that `monday` begins, with what is planned on each. */
export function weekOf(monday: string, planned: readonly PlannedWorkout[]): PlanDay[] {
  return WEEKDAYS.map((offset) => {
    const day = addDays(monday, offset)
    return { day, planned: planned.filter((one) => one.day === day) }
  })
}

/** One that has begun, else the first that is open today or later, else the last one missed this week. */
export function nextUp(planned: readonly PlannedWorkout[], today: string): PlannedWorkout | null {
  const started = planned.find((one) => one.state === 'started')
  const open = planned.find((one) => one.state === 'planned' && one.day >= today)
  const missed = planned.filter((one) => one.state === 'missed' && one.day >= mondayOf(today))
  return started ?? open ?? missed.at(-1) ?? null
}

export const isOpen = (one: PlannedWorkout): boolean => one.state === 'planned' || one.state === 'missed'
export const isGoing = (plan: Plan): boolean => plan.state === 'running' || plan.state === 'coming'

/** Weekdays spread over the week, Monday first: three are Monday, Wednesday and Friday. */
export function spreadWeekdays(perWeek: number): number[] {
  const count = Math.min(7, Math.max(1, perWeek))
  return Array.from({ length: count }, (_, i) => Math.floor((i * 7) / count))
}

/** The key under which the page has words for a title of ours: "Whole body A" is `whole_body_a`. */
export const titleKey = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')

export interface DraftItem extends Prescription {
  key: number
}

export interface DraftDay {
  key: number
  /** Of the programme, from 0. */
  week: number
  title: string
  items: DraftItem[]
}

export interface Draft {
  title: string
  weeks: number
  /** After how many weeks it begins anew; of one week the days take turns. */
  cycle_weeks: number
  days: DraftDay[]
}

let nextKey = 1
export const newKey = (): number => nextKey++

/** How an exercise usually begins: three sets of ten, or three holds of half a minute. */
export function newItem(exercise: string, isHold: boolean): DraftItem {
  return {
    key: newKey(),
    exercise,
    sets: 3,
    reps: isHold ? null : 10,
    hold_s: isHold ? 30 : null,
    rest_s: 60,
    tempo: null,
    load_kg: null,
    rom_deg: null,
    rule: isHold ? 'add_hold' : 'add_rep',
    ceiling: null,
  }
}

/** The rules that find the figures they move. */
export function rulesFor(item: Prescription): Rule[] {
  if (item.hold_s !== null) return ['none', 'add_hold']
  if (item.reps === null) return ['none']
  return item.load_kg === null ? ['none', 'add_rep'] : ['none', 'add_rep', 'add_load', 'double']
}

/** After a figure has come or gone: a rule that fits, and a ceiling above where it starts. */
export function fitted<T extends Prescription>(item: T): T {
  const rule = rulesFor(item).includes(item.rule) ? item.rule : (rulesFor(item)[1] ?? 'none')
  const top = rule === 'double' ? Math.max(item.ceiling ?? 0, (item.reps ?? 0) + 1) : item.ceiling
  return { ...item, rule, ceiling: rule === 'none' ? null : top }
}

/** A copy to change: of one's own to go on with it, of ours to make one's own of it. */
export function draftOf(programme: Programme, title: string, dayTitle: (title: string) => string): Draft {
  return {
    title,
    weeks: programme.weeks,
    cycle_weeks: Math.max(programme.cycle_weeks, ...programme.days.map(({ week }) => week + 1)),
    days: programme.days.map((day) => ({
      key: newKey(),
      week: day.week,
      title: dayTitle(day.title),
      items: day.items.map((item) => ({ ...item, key: newKey() })),
    })),
  }
}

export function withoutKey(item: DraftItem): Prescription {
  const { exercise, sets, reps, hold_s, rest_s, tempo, load_kg, rom_deg, rule, ceiling } = item
  return { exercise, sets, reps, hold_s, rest_s, tempo, load_kg, rom_deg, rule, ceiling }
}

/** A planned workout to change, as it asks for now. */
export const draftOfPlanned = ({ items }: PlannedWorkout, title: string): DraftDay => ({
  key: newKey(),
  week: 0,
  title,
  items: items.map(({ why, ...item }) => ({
    key: newKey(),
    exercise: item.exercise,
    sets: item.sets,
    reps: item.reps,
    hold_s: item.hold_s,
    rest_s: item.rest_s,
    tempo: item.tempo,
    load_kg: item.load_kg,
    rom_deg: item.rom_deg,
    rule: why.rule,
    ceiling: item.ceiling,
  })),
})

export function givenOf(draft: Draft): ProgrammeGiven {
  return {
    title: draft.title.trim(),
    weeks: draft.weeks,
    cycle_weeks: draft.cycle_weeks,
    days: draft.days.map(({ week, title, items }) => ({
      week,
      title: title.trim(),
      items: items.map(withoutKey),
    })),
  }
}

/** The list with the thing at `from` standing at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from)
  const thing = list[from]
  return thing === undefined ? [...list] : inserted(rest, to, thing)
}

export const inserted = <T>(list: readonly T[], at: number, thing: T): T[] => [
  ...list.slice(0, at),
  thing,
  ...list.slice(at),
]
