import { describe, expect, it } from 'vitest'
import type { PlannedWorkout } from '@/api/plans'
import {
  draftOf,
  fitted,
  givenOf,
  moved,
  newItem,
  nextUp,
  rulesFor,
  spreadWeekdays,
  titleKey,
  weekOf,
} from './plan'

const planned = (day: string, state: PlannedWorkout['state'] = 'planned'): PlannedWorkout => ({
  id: day,
  plan: 'p',
  plan_slug: null,
  plan_title: 'Mine',
  title: '',
  day,
  at: null,
  state,
  workout: null,
  minutes: 20,
  percent: null,
  bucket: null,
  items: [],
})

describe('days', () => {
  it('make a week, with what is planned on each', () => {
    const week = weekOf('2026-11-16', [planned('2026-11-18'), planned('2026-11-23')])
    expect(week.map(({ day }) => day)).toHaveLength(7)
    expect(week.filter((one) => one.planned.length > 0).map(({ day }) => day)).toEqual(['2026-11-18'])
  })
})

describe('what is next', () => {
  const today = '2026-11-18'
  it.each([
    ['one that has begun', [planned('2026-11-19'), planned('2026-11-16', 'started')], '2026-11-16'],
    [
      'the first open one from today on',
      [planned('2026-11-16', 'done'), planned('2026-11-20')],
      '2026-11-20',
    ],
    ['one missed this week, when nothing is open', [planned('2026-11-17', 'missed')], '2026-11-17'],
  ])('is %s', (_, list, day) => expect(nextUp(list, today)?.day).toBe(day))
  it('is nothing when all is done, or was missed weeks ago', () => {
    expect(nextUp([planned('2026-11-17', 'done'), planned('2026-11-10', 'missed')], today)).toBeNull()
  })
})

it.each([
  [1, [0]],
  [2, [0, 3]],
  [3, [0, 2, 4]],
  [4, [0, 1, 3, 5]],
  [7, [0, 1, 2, 3, 4, 5, 6]],
])('%i days are spread over the week', (count, days) => expect(spreadWeekdays(count)).toEqual(days))

it('titles of ours have a key', () => expect(titleKey('Whole body A')).toBe('whole_body_a'))

describe('a rule', () => {
  it('is offered where it finds its figures', () => {
    expect(rulesFor(newItem('plank', true))).toEqual(['none', 'add_hold'])
    expect(rulesFor(newItem('squat', false))).toEqual(['none', 'add_rep'])
    expect(rulesFor({ ...newItem('squat', false), reps: null })).toEqual(['none'])
    expect(rulesFor({ ...newItem('squat', false), load_kg: 10 })).toContain('double')
  })
  it('gives way when its figure goes', () => {
    const loaded = { ...newItem('squat', false), load_kg: 10, rule: 'add_load' as const, ceiling: 40 }
    expect(fitted({ ...loaded, load_kg: null })).toMatchObject({ rule: 'add_rep' })
    expect(fitted({ ...loaded, reps: null })).toMatchObject({ rule: 'none', ceiling: null })
  })
  it('of two steps has a ceiling above its start', () => {
    const item = { ...newItem('squat', false), load_kg: 10, rule: 'double' as const }
    expect(fitted(item).ceiling).toBe(11)
    expect(fitted({ ...item, ceiling: 14 }).ceiling).toBe(14)
  })
})

it('a draft goes out without the keys of the page', () => {
  const draft = {
    title: ' Mine ',
    weeks: 4,
    cycle_weeks: 2,
    days: [{ key: 9, week: 1, title: 'A', items: [newItem('squat', false)] }],
  }
  const given = givenOf(draft)
  expect([given.title, given.cycle_weeks, given.days[0]?.week]).toEqual(['Mine', 2, 1])
  expect(Object.keys(given.days[0]?.items[0] ?? {})).not.toContain('key')
})

it('a draft of a programme is a copy', () => {
  const item = newItem('squat', false)
  const programme = {
    id: 'x', slug: 'first_steps', title: 'First steps', level: null, weeks: 4, days_per_week: 1, cycle_weeks: 1,
    own: false, days: [{ week: 0, title: 'Push', items: [item] }],
  } // prettier-ignore
  const draft = draftOf(programme, 'My steps', (title) => title.toUpperCase())
  expect(draft).toMatchObject({ title: 'My steps', weeks: 4, days: [{ title: 'PUSH' }] })
  expect(draft.days[0]?.items[0]).not.toBe(item)
})

it('things move to their new place', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
})
