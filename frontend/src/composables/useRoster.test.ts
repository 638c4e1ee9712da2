import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defineComponent } from 'vue'
import { listAthletes, type Roster } from '@/api/roster'
import { useExerciseStore } from '@/stores/exercises'
import { useNotificationStore } from '@/stores/notifications'
import { useRoster } from './useRoster'

vi.mock('@/api/roster')
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

beforeEach(() => {
  setActivePinia(createPinia())
  vi.spyOn(useExerciseStore(), 'load').mockResolvedValue()
  vi.mocked(listAthletes)
    .mockReset()
    .mockResolvedValue({ results: [] } as unknown as Roster)
})

const Page = defineComponent({ setup: () => ({ roster: useRoster() }), template: '<p />' })

async function shown(): Promise<void> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/coach', name: 'coach', component: Page }],
  })
  await router.push('/coach')
  mount(Page, { global: { plugins: [router] } })
  await flushPromises()
}

it('asks again when something is new, so that nobody stays on it whose link has ended', async () => {
  await shown()
  expect(listAthletes).toHaveBeenCalledTimes(1)
  useNotificationStore().changes++
  await flushPromises()
  expect(listAthletes).toHaveBeenCalledTimes(2)
})

it('leaves a page alone that nobody looks at until somebody does', async () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  await shown()
  visibility.mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  useNotificationStore().changes++
  await flushPromises()
  expect(listAthletes).toHaveBeenCalledTimes(1)
  visibility.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
  expect(listAthletes).toHaveBeenCalledTimes(2)
})
