// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'

// What the page does, with messages that come when they are asked for.
vi.mock('./locales/en', () => ({ default: { word: 'rep' } }))
vi.mock('./locales/es', () => ({ default: { word: 'repetición' } }))
vi.mock(
  './locales/de',
  () => new Promise((come) => setTimeout(() => come({ default: { word: 'Wdh.' } }), 20)),
)
vi.mock('./locales/zh', () => {
  throw new Error('offline')
})

beforeEach(() => {
  vi.resetModules()
  localStorage.clear()
})

it('fetches a language when it is wanted, and that one alone', async () => {
  const { i18n, setLanguage } = await import('./index')
  expect(i18n.global.availableLocales).toEqual([])
  await setLanguage('es')
  expect(i18n.global.availableLocales).toEqual(['es'])
  expect(i18n.global.t('word')).toBe('repetición')
})

it('stays as it is when a language cannot be fetched', async () => {
  const { currentLanguage, setLanguage } = await import('./index')
  await setLanguage('es')
  await setLanguage('zh')
  expect(currentLanguage()).toBe('es')
  expect(localStorage.getItem('posecoach.language')).toBe('es')
})

it('lets the later of two wishes hold, whichever comes first', async () => {
  const { currentLanguage, setLanguage } = await import('./index')
  await Promise.all([setLanguage('de'), setLanguage('es')])
  expect(currentLanguage()).toBe('es')
})
