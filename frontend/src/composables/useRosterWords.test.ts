import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reason, WeekDay } from '@/api/roster'
import { i18n, setLanguage } from '@/i18n'
import { useRosterWords } from './useRosterWords'

beforeEach(() => setLanguage('en'))

function words(): ReturnType<typeof useRosterWords> {
  let found: ReturnType<typeof useRosterWords> | null = null
  mount(
    { setup: () => ((found = useRosterWords()), () => null) },
    { global: { plugins: [createPinia(), i18n] } },
  )
  if (!found) throw new Error('not set up')
  return found
}

const told = (code: Reason['code'], figures: Reason['figures']): string =>
  words().reason({
    code,
    figures,
    tone: 'attention',
    scope: 'results',
    target: { kind: 'athlete', workout: null, set: null, rep: null, t_ms: null, planned: null },
  })

const change = { exercise: 'squat', percent: 12, days: 20 }
const record = { exercise: 'squat', measure: 'most_reps', value: 12, previous: 10 }

describe('a reason in words', () => {
  it.each<[Reason['code'], Reason['figures'], string]>([
    ['pain', { level: 6, area: 'knee', days: 1 }, 'Pain 6 of 10, knee, yesterday'],
    ['pain', { level: 4, area: '', days: 0 }, 'Pain 4 of 10, today'],
    ['missed', { workouts: 2 }, 'Missed 2 planned workouts in a row'],
    ['no_data', { days: 12, ever: true }, 'No workout for 12 days'],
    ['no_data', { days: 12, ever: false }, 'Not begun after 12 days'],
    [
      'disputed',
      { exercise: 'squat', machine: 12, athlete: 10, sets: 1 },
      'Squat: count disputed, 12 counted, 10 said',
    ],
    ['range_falling', { ...change, detail: '' }, 'Squat: range down 12% in 20 days'],
    ['asymmetry', { ...change, detail: 'left' }, 'Squat: the left side reaches 12% less'],
    [
      'findings',
      { ...change, detail: 'depth' },
      'Squat: findings in 12% of the reps, mostly “Not deep enough”',
    ],
    ['load_high', { ratio: 1.62 }, '1.6 times the usual load this week'],
    ['record', record, 'Squat: Most reps in a set, 12 reps, before 10 reps'],
    ['new', { days: 0 }, 'New: linked today'],
    ['missed_one', { days: 2 }, 'Missed the last workout, 2 days ago'],
    ['due_today', { title: 'Legs and core', slug: 'strong_base' }, 'Today: Legs and core'],
    ['resting', { days: 4 }, 'No workout for 4 days'],
  ])('%s %j', (code, figures, expected) => {
    expect(told(code, figures)).toBe(expected)
  })

  it('is translated with what it names', async () => {
    await setLanguage('de')
    expect(told('due_today', { title: 'Legs and core', slug: 'strong_base' })).toBe('Heute: Beine und Rumpf')
    expect(told('pain', { level: 6, area: 'knee', days: 1 })).toBe('Schmerz 6 von 10, Knie, gestern')
  })
})

describe('a day in words', () => {
  const day = (some: Partial<WeekDay>): string =>
    words().day({
      day: '2026-03-02',
      planned: 0,
      done: 0,
      trained: 0,
      percent: null,
      bucket: null,
      ...some,
    })

  it('says what the colour says', () => {
    expect(day({ percent: 92, bucket: 'green' })).toBe('Monday: 92%, As planned')
    expect(day({ planned: 1 })).toBe('Monday: planned')
    expect(day({ trained: 1 })).toBe('Monday: trained')
    expect(day({})).toBe('Monday: nothing planned')
  })
})
