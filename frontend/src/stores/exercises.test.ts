import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { getExercises } from '@/api/athlete'
import type { Exercise } from '@/api/types'
import { setLanguage } from '@/i18n'
import { useExerciseStore } from './exercises'

vi.mock('@/api/athlete')

const exercise = (slug: string, kind: Exercise['kind'] = 'reps'): Exercise => ({
  slug,
  name: `Name of ${slug}`,
  kind,
  description: `How to ${slug}`,
  view: 'any',
  joints: ['knee'],
})

beforeEach(() => {
  vi.resetAllMocks()
  setActivePinia(createPinia())
  setLanguage('en')
})

it('asks once, however many pages ask', async () => {
  vi.mocked(getExercises).mockResolvedValue([exercise('squat')])
  const store = useExerciseStore()
  await Promise.all([store.load(), store.load()])
  await store.load()
  expect(getExercises).toHaveBeenCalledOnce()
})

it('asks again after a failure', async () => {
  vi.mocked(getExercises)
    .mockRejectedValueOnce(new Error('offline'))
    .mockResolvedValueOnce([exercise('squat')])
  const store = useExerciseStore()
  await expect(store.load()).rejects.toThrow('offline')
  await store.load()
  expect(store.items).toHaveLength(1)
})

it('names in the language of the page, else as the server does', async () => {
  vi.mocked(getExercises).mockResolvedValue([
    exercise('squat'),
    exercise('new_one'),
    exercise('plank', 'hold'),
  ])
  const store = useExerciseStore()
  await store.load()
  expect(store.name('squat')).toBe('Squat')
  setLanguage('de')
  expect(store.name('squat')).toBe('Kniebeuge')
  expect(store.name('new_one')).toBe('Name of new_one')
  expect(store.name('unknown')).toBe('Unbekannte Übung')
  expect(store.name(null)).toBe('Nichts erkannt')
  expect([store.isHold('plank'), store.isHold('squat'), store.isHold(null)]).toEqual([true, false, false])
})
