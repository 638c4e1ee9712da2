import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createVuetify } from 'vuetify'
import * as api from '@/api/threads'
import type { Thread } from '@/api/threads'
import { useSetComments, type SetComments } from '@/composables/useSetComments'
import { anAthlete, oneself, provideSubject, type Subject } from '@/composables/useSubject'
import { i18n, setLanguage } from '@/i18n'
import { eventsOf } from '@/lib/reps'
import { aRep, aSet } from '@/lib/testing'
import CommentsPanel from './CommentsPanel.vue'

vi.mock('@/api/threads')

const events = eventsOf(aSet({ reps: [aRep(0), aRep(1)] }))
const aThread = (change: Partial<Thread> = {}): Thread => ({
  id: 't',
  set: 's1',
  workout: 'w1',
  exercise: 'squat',
  t_ms: 2500,
  rep_start_ms: 2000,
  coach: { id: 'c', name: 'Tom' },
  other: 'Tom',
  created_at: '2026-11-22T18:00:00Z',
  last_at: '2026-11-22T18:00:00Z',
  open: true,
  unread: 1,
  seen_at: null,
  message_count: 1,
  messages: [
    {
      id: 'm',
      mine: false,
      author: 'Tom',
      text: 'Deeper',
      created_at: '2026-11-22T18:00:00Z',
      edited_at: null,
    },
  ],
  ...change,
})

beforeEach(async () => {
  localStorage.clear()
  await setLanguage('en')
  setActivePinia(createPinia())
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [], coaches: [] })
  vi.mocked(api.beginThread).mockResolvedValue(aThread())
  vi.mocked(api.readThread).mockResolvedValue(aThread({ unread: 0 }))
})
afterEach(() => vi.resetAllMocks())

async function panel(subject: Subject, asked: string | null = null) {
  let comments: SetComments | undefined
  const Inside = defineComponent(() => {
    comments = useSetComments('s1', () => events, asked)
    const shown = comments
    return () => h(CommentsPanel, { comments: shown })
  })
  const Page = defineComponent(() => {
    provideSubject(subject)
    return () => h(Inside)
  })
  const page = mount(Page, { global: { plugins: [i18n, createVuetify()] }, attachTo: document.body })
  await flushPromises()
  const write = async (text: string): Promise<void> => {
    await page.find('[data-testid=comment-begin] textarea').setValue(text)
    await page.find('[data-testid=comment-begin] form').trigger('submit')
    await flushPromises()
  }
  return { page, comments: comments!, write }
}
const sent = (): unknown => vi.mocked(api.beginThread).mock.calls[0]?.[2]
const ada = anAthlete('a1', () => ({ name: 'Ada', scopes: ['comments'] }))

it('a coach writes to the athlete, and names nobody else', async () => {
  const { comments, write } = await panel(ada)
  comments.beginAt(2500.4, events[1]!)
  await flushPromises()
  await write('Knees out')
  expect(sent()).toMatchObject({
    coach: null,
    t_ms: 2500,
    rep_start_ms: 2000,
    message: { text: 'Knees out' },
  })
  expect(vi.mocked(api.beginThread).mock.calls[0]?.[3]).toBe('a1')
})

it('an athlete writes to a coach who reads', async () => {
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [], coaches: [{ id: 'c', name: 'Tom' }] })
  const { page, write } = await panel(oneself)
  await page.find('[data-testid=comment-whole]').trigger('click')
  await write('How was this')
  expect(sent()).toMatchObject({ coach: 'c', t_ms: null, rep_start_ms: null })
})

it('what nobody reads any more can be read, and not answered', async () => {
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [aThread({ open: false, unread: 0 })], coaches: [] })
  const { page } = await panel(oneself, 't')
  expect(page.find('[data-testid=comment-over]').text()).toContain('Tom does not read your comments any more')
  expect(page.text()).toContain('Deeper')
  expect(page.find('textarea').exists()).toBe(false)
  expect(page.find('[data-testid=comment-whole]').exists()).toBe(false)
})

it('the thread that the address names is open, and then read', async () => {
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [aThread()], coaches: [{ id: 'c', name: 'Tom' }] })
  const { page } = await panel(oneself, 't')
  expect(page.find('[data-testid=comment-place]').text()).toBe('Rep 2 · 0:02.5')
  expect(api.readThread).toHaveBeenCalledExactlyOnceWith('s1', 't', '2026-11-22T18:00:00Z', null)
  expect(page.find('[data-testid=comment-unread]').exists()).toBe(false)
})

it('half a sentence is there again after a reload', async () => {
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [], coaches: [{ id: 'c', name: 'Tom' }] })
  const first = await panel(oneself)
  await first.page.find('[data-testid=comment-whole]').trigger('click')
  await first.page.find('textarea').setValue('Half a')
  first.page.unmount()
  const { page } = await panel(oneself)
  expect(page.find<HTMLTextAreaElement>('textarea').element.value).toBe('Half a')
})
