import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createVuetify } from 'vuetify'
import { ApiError } from '@/api/client'
import * as api from '@/api/links'
import type { Profile } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import { useAuthStore } from '@/stores/auth'
import { useNoticeStore } from '@/stores/notices'
import CoachesView from './CoachesView.vue'
import JoinView from './JoinView.vue'

vi.mock('@/api/links', async (original) => ({
  ...(await original<typeof api>()),
  listCoaches: vi.fn(),
  changeCoach: vi.fn(),
  endCoach: vi.fn(),
  listLooks: vi.fn(),
  getInvited: vi.fn(),
  acceptInvitation: vi.fn(),
}))
vi.mock('@/stores/exercises', () => ({
  useExerciseStore: () => ({ load: vi.fn(), name: (slug: string) => slug }),
}))

const tom: api.Coach = { id: 't', name: 'Tom', email: 'tom@example.org' }
const grant: api.Grant = { scopes: ['results', 'plan'], granted_at: '2026-03-01T10:00:00Z', ends_at: null }
const linked: api.CoachOf = { coach: tom, link: grant, past: [], can_return: true }
const ended: api.CoachOf = {
  ...linked,
  link: null,
  past: [{ ...grant, ended_at: '2026-03-04T10:00:00Z', ended_by: 'athlete' }],
}
const asked: api.Invited = {
  coach: tom,
  scopes: ['results', 'live'],
  expires_at: '2026-03-11T10:00:00Z',
  own: false,
  link: null,
}

async function open(view: typeof CoachesView | typeof JoinView, props = {}) {
  const Empty = { template: '<div />' }
  const names = ['', 'home', 'coaches', 'sign-in', 'sign-up', 'welcome', 'join/:code', 'set/:id/:setId']
  const routes = names.map((path) => ({ path: `/${path}`, name: path.split('/')[0], component: Empty }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/')
  const page = mount(view as typeof JoinView, {
    props: { code: 'C', ...props },
    global: { plugins: [i18n, router, createVuetify()] },
  })
  await flushPromises()
  const find = (testid: string) => page.find(`[data-testid=${testid}]`)
  return { page, router, find }
}

beforeEach(async () => {
  vi.resetAllMocks()
  setActivePinia(createPinia())
  await setLanguage('en')
  useAuthStore().$patch({ profile: { email: 'ada@example.org', time_zone: 'UTC' } as Profile })
  vi.mocked(api.listLooks).mockResolvedValue({ results: [], next_before: null })
  vi.mocked(api.listCoaches).mockResolvedValue([linked])
  vi.mocked(api.endCoach).mockResolvedValue(null)
  vi.mocked(api.changeCoach).mockResolvedValue(linked)
})

it('tells in words what a coach sees', async () => {
  const { find } = await open(CoachesView)
  expect(find('coach-sees').text()).toBe('results and plans')
  expect(find('coach').text()).toContain('since 1 March 2026')
})

it('ends a link at once, and grants the same again when that is undone', async () => {
  const { find } = await open(CoachesView)
  vi.mocked(api.listCoaches).mockResolvedValue([ended])
  await find('coach-end').trigger('click')
  await flushPromises()
  expect(api.endCoach).toHaveBeenCalledWith('t')
  expect(find('coach').exists()).toBe(false)
  expect(find('past-coaches').text()).toContain('ended or changed by you')
  useNoticeStore().act()
  await flushPromises()
  expect(api.changeCoach).toHaveBeenCalledWith('t', { scopes: ['results', 'plan'], ends_at: null })
  expect(find('coach').exists()).toBe(true)
})

it('keeps the link in view when it could not be ended', async () => {
  const { find } = await open(CoachesView)
  vi.mocked(api.endCoach).mockRejectedValue(new ApiError('offline', '', 0))
  await find('coach-end').trigger('click')
  await flushPromises()
  expect(find('coach').exists()).toBe(true)
  expect(useNoticeStore().current?.text).toMatch(/connection/)
})

it('loads more of the log, and says once what was looked at twice', async () => {
  const look = (id: number): api.Look => ({
    id,
    at: '2026-03-04T09:00:00Z',
    coach: tom,
    what: 'set',
    about: { workout: 'w', set: 's', day: '2026-03-03', exercise: 'squat', title: null },
  })
  vi.mocked(api.listLooks).mockResolvedValueOnce({ results: [look(2)], next_before: 2 })
  vi.mocked(api.listLooks).mockResolvedValueOnce({ results: [look(1)], next_before: null })
  const { find } = await open(CoachesView)
  expect(find('access-log').text()).toContain('your set of 3 March: squat')
  await find('log-more').trigger('click')
  await flushPromises()
  expect(api.listLooks).toHaveBeenLastCalledWith(2)
  expect(find('access-log').text()).toContain('2 times')
  expect(find('log-more').exists()).toBe(false)
})

it('sends a guest to sign in and back again, and asks for nothing yet', async () => {
  useAuthStore().$patch({ profile: null })
  const { find } = await open(JoinView, { code: '4T7K-9QXE' })
  expect(api.getInvited).not.toHaveBeenCalled()
  expect(find('join-sign-in').attributes('href')).toContain('next=/join/4T7K-9QXE')
})

it('grants what was chosen of what was asked for', async () => {
  vi.mocked(api.getInvited).mockResolvedValue(asked)
  vi.mocked(api.acceptInvitation).mockResolvedValue(linked)
  const { page, router, find } = await open(JoinView)
  expect(find('invitation').text()).toContain('Tom would like to coach you')
  const ticked = api.SCOPES.filter((one) => (find(`scope-${one}`).element as HTMLInputElement).checked)
  expect(ticked).toEqual(['results', 'live'])
  await find('scope-live').setValue(false)
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(api.acceptInvitation).toHaveBeenCalledWith('C', { scopes: ['results'], ends_at: null })
  expect(router.currentRoute.value.name).toBe('coaches')
})

it('asks for at least one kind before it sends anything', async () => {
  vi.mocked(api.getInvited).mockResolvedValue({ ...asked, scopes: ['live'] })
  const { page, find } = await open(JoinView)
  await find('scope-live').setValue(false)
  await page.find('form').trigger('submit')
  expect(page.find('[role=alert].problem').text()).toMatch(/at least one/)
  expect(api.acceptInvitation).not.toHaveBeenCalled()
})

it('says the same of every invitation that does not work', async () => {
  vi.mocked(api.getInvited).mockRejectedValue(new ApiError('not_found', '', 404))
  const { find } = await open(JoinView)
  expect(find('invitation-gone').text()).toContain('This invitation does not work')
})

it('tells a coach that the invitation is their own', async () => {
  vi.mocked(api.getInvited).mockResolvedValue({ ...asked, own: true })
  const { find } = await open(JoinView)
  expect(find('own-invitation').exists()).toBe(true)
  expect(find('grant').exists()).toBe(false)
})
