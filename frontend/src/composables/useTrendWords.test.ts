import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Span, TrendSeries, TrendSlope } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import type { Measure } from '@/lib/trend'
import { noFigures } from '@/lib/trendFakes'
import { useTrendWords } from './useTrendWords'

beforeEach(() => setLanguage('en'))

function words(): ReturnType<typeof useTrendWords> {
  let found: ReturnType<typeof useTrendWords> | null = null
  mount(
    { setup: () => ((found = useTrendWords()), () => null) },
    { global: { plugins: [createPinia(), i18n] } },
  )
  if (!found) throw new Error('not set up')
  return found
}

const slope = (change: Partial<TrendSlope>): TrendSlope => ({
  measure: 'rom_deg',
  model_version: '1',
  since: '2026-11-01',
  until: '2026-11-29',
  points: 9,
  words: 'rising',
  per_week: 2.1,
  low: 0.8,
  high: 3,
  at_middle: 90,
  ...change,
})
const series = (change: Partial<TrendSlope>): TrendSeries => ({
  exercise: 'squat',
  unit: 'reps',
  model_versions: ['1'],
  points: [
    { ...noFigures, rom_deg: 88 },
    { ...noFigures, day: '2026-11-29', rom_deg: 92 },
  ],
  slopes: [slope(change)],
})
const direction = (change: Partial<TrendSlope>, measure: Measure = 'rom_deg', by?: Span): string =>
  words().direction(series({ measure, ...change }), measure, by)

describe('direction', () => {
  it('says where it goes and how sure that is', () => {
    expect(direction({})).toBe('Rising, quite sure: +2.1° a week, between +0.8° and +3°.')
    expect(direction({ words: 'maybe_falling', per_week: -1, low: -2.5, high: 0.25 })).toBe(
      'Perhaps falling: -1° a week, though anything between -2.5° and +0.3° is possible.',
    )
  })

  it('says that there are too few points, of the kind that is shown', () => {
    const few = { words: 'too_few', per_week: null, low: null, high: null, at_middle: null } as const
    expect(direction(few)).toMatch(/^Too few days to tell/)
    expect(direction(few, 'rom_deg', 'week')).toMatch(/^Too few weeks to tell/)
    expect(words().direction({ ...series({}), slopes: [] }, 'rom_deg')).toMatch(/^Too few days/)
  })

  it('calls a change of a share percentage points, which a percentage of it is not', () => {
    expect(direction({ per_week: 0.012, low: 0.004, high: 0.02 }, 'symmetry')).toMatch(
      /\+1.2 percentage points a week, between \+0.4 and \+2\./,
    )
  })

  it('is said in every language', async () => {
    for (const [language, start] of [
      ['de', 'Steigt, ziemlich sicher: +2,1° je Woche'],
      ['es', 'Sube, bastante seguro: +2,1° por semana'],
      ['zh', '在上升，比较确定：每周 +2.1°'],
    ] as const) {
      await setLanguage(language)
      expect(direction({})).toContain(start)
    }
  })
})

it('tells the usual and the last value, each in its span', () => {
  const { say } = words()
  expect(say(series({}), 'rom_deg')).toBe('On a usual day: 90 degrees. Last: 92 degrees, 29 Nov.')
  expect(say(series({}), 'rom_deg', 'week')).toMatch(/^In a usual week: .* week of 29 Nov\.$/)
  expect(say(series({}), 'rom_deg', 'month')).toMatch(/November 2026\.$/)
})
