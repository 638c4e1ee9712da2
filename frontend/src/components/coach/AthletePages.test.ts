import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { defineComponent, h } from 'vue'
import { getAthlete, type AthleteEntry } from '@/api/athletes'
import { ApiError } from '@/api/client'
import { useSubject } from '@/composables/useSubject'
import { i18n, setLanguage } from '@/i18n'
import { createDesign } from '@/plugins/vuetify'
import { useNotificationStore } from '@/stores/notifications'
import AthletePages from './AthletePages.vue'

vi.mock('@/api/athletes')
enableAutoUnmount(afterEach)

const entry: AthleteEntry = {
  id: 'a',
  name: 'Ada',
  bucket: null,
  reasons: [],
  week: [],
  groups: [],
  scopes: ['results'],
  since: '2026-03-02T10:00:00Z',
  ends_at: null,
  day: null,
  last_day: null,
  workouts_28d: null,
  percent: null,
}

/** A page below that says whose it is. */
const Page = defineComponent({
  setup() {
    const { name, athleteId } = useSubject()
    return () => h('p', { 'data-testid': 'page' }, `${name} ${athleteId}`)
  },
})
const pages = [
  { path: '', name: 'coach-athlete', meta: { title: 'coachAthlete', scope: 'results' }, component: Page },
  { path: 'plan', name: 'coach-plan', meta: { title: 'plan', scope: 'plan' }, component: Page },
  { path: 'plan/:plannedId', name: 'coach-plan-done', meta: { title: 'planDone' }, component: Page },
  ...['trends', 'records', 'notes', 'report'].map((path) => ({
    path,
    name: `coach-${path}`,
    meta: { title: path },
    component: Page,
  })),
] as const

async function shown(path: string): Promise<VueWrapper> {
  const Frame = {
    template: '<AthletePages :athlete-id="$route.params.athleteId" />',
    components: { AthletePages },
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/coach/athletes/:athleteId', component: Frame, children: [...pages] }],
  })
  await router.push(`/coach/athletes/a${path}`)
  const page = mount(
    { template: '<RouterView />' },
    { global: { plugins: [i18n, router, createDesign('light')] } },
  )
  await flushPromises()
  return page
}
const of = (page: VueWrapper, testid: string) => page.find(`[data-testid="${testid}"]`)

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
  sessionStorage.clear()
  vi.mocked(getAthlete).mockReset().mockResolvedValue(entry)
})

it('shows whose pages these are, and the page with that subject', async () => {
  const page = await shown('')
  expect(of(page, 'athlete-name').text()).toBe('Ada')
  expect(of(page, 'page').text()).toBe('Ada a')
  expect(page.text()).toContain('Shares with you: results.')
  expect(page.text()).toContain('Not shared: skeleton replay, live view, plan and comments.')
})

it('says what is not granted, and never asks for it', async () => {
  const page = await shown('/plan')
  expect(of(page, 'not-granted-plan').text()).toContain('Ada decides what you see')
  expect(of(page, 'page').exists()).toBe(false)
})

it('lets go of everything when the grant is taken back', async () => {
  const page = await shown('')
  vi.mocked(getAthlete).mockRejectedValue(new ApiError('not_found', 'No such athlete.', 404))
  useNotificationStore().changes++
  await flushPromises()
  expect(of(page, 'page').exists()).toBe(false)
  expect(page.text()).not.toContain('Ada')
})

it('goes through the roster by key, but not while somebody types', async () => {
  sessionStorage.setItem('posecoach.roster', '["a","b"]')
  const page = await shown('/notes')
  const press = (target: EventTarget): boolean =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
  const field = document.createElement('textarea')
  document.body.append(field)
  press(field)
  await flushPromises()
  expect(page.vm.$route.fullPath).toBe('/coach/athletes/a/notes')
  press(document.body)
  await flushPromises()
  expect(page.vm.$route.fullPath).toBe('/coach/athletes/b/notes')
  field.remove()
})

it('leaves a page about one workout for the neighbour as the tab it is a part of', async () => {
  sessionStorage.setItem('posecoach.roster', '["a","b"]')
  const page = await shown('/plan/p1')
  expect(of(page, 'athlete-name').element.tagName).toBe('P')
  expect(of(page, 'tab-plan').classes()).toContain('here')
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
  await flushPromises()
  expect(page.vm.$route.fullPath).toBe('/coach/athletes/b/plan')
})
