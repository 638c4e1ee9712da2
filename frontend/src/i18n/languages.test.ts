// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentLanguage, i18n, setLanguage } from './everyLanguage'
import { pickLanguage, pluralForm } from './languages'

const { t } = i18n.global

beforeEach(() => setLanguage('en'))
afterEach(() => localStorage.clear())

describe('pickLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'es-MX'], 'es'],
    [['zh-Hans-CN'], 'zh'],
    [['ZH'], 'zh'],
    [['', 'de'], 'de'],
    [['fr', 'eo'], 'en'],
    [['dent'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wishes, language) => {
    expect(pickLanguage(wishes)).toBe(language)
  })
})

describe('pluralForm', () => {
  it.each([
    [0, 3, 0],
    [1, 3, 1],
    [2, 3, 2],
    [1.5, 3, 2],
    [0.5, 3, 2],
    [0, 2, 1],
    [1, 2, 0],
    [7, 2, 1],
    [1, 1, 0],
  ])('of %d among %d forms is number %d', (value, forms, form) => {
    expect(pluralForm(value, forms)).toBe(form)
  })
})

it.each([
  ['en', ['0 reps', '1 rep', '2 reps']],
  ['de', ['0 Wiederholungen', '1 Wiederholung', '2 Wiederholungen']],
  ['es', ['0 repeticiones', '1 repetición', '2 repeticiones']],
  ['zh', ['0 次', '1 次', '2 次']],
] as const)('counts in %s', async (language, counted) => {
  await setLanguage(language)
  expect([0, 1, 2].map((n) => t('units.reps', { n }, n))).toEqual(counted)
})

describe('setLanguage', () => {
  it('tells the page and remembers', async () => {
    await setLanguage('zh')
    expect(currentLanguage()).toBe('zh')
    expect(document.documentElement.lang).toBe('zh-Hans')
    expect(localStorage.getItem('posecoach.language')).toBe('zh')
  })
})
