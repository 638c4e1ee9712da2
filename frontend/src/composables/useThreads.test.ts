import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import * as api from '@/api/threads'
import type { Thread } from '@/api/threads'
import { i18n, setLanguage } from '@/i18n'
import { useNotificationStore } from '@/stores/notifications'
import { useThreads, type Threads } from './useThreads'

vi.mock('@/api/threads')

const message = (id: string, text: string) => ({
  id,
  text,
  mine: true,
  author: 'Ada',
  created_at: '2026-11-22T18:00:00Z',
  edited_at: null,
})
const thread = (id: string, ...messages: Thread['messages']): Thread => ({
  id,
  set: 's1',
  workout: 'w1',
  exercise: 'squat',
  t_ms: 5,
  rep_start_ms: null,
  coach: { id: 'c', name: 'Tom' },
  other: 'Tom',
  created_at: '2026-11-22T18:00:00Z',
  last_at: '2026-11-22T18:00:00Z',
  open: true,
  unread: 0,
  seen_at: null,
  message_count: messages.length,
  messages,
})
const offline = new ApiError('offline', '')
const BEGIN = { t_ms: 5, rep_start_ms: null, coach: 'c', other: 'Tom' }

function page(): { threads: Threads; leave: () => void } {
  let threads: Threads | undefined
  const wrapper = mount(
    {
      setup() {
        threads = useThreads('s1')
        return () => null
      },
    },
    { global: { plugins: [i18n] } },
  )
  return { threads: threads!, leave: () => wrapper.unmount() }
}
const texts = ({ shown }: Threads): unknown[] =>
  shown.value.flatMap(({ messages }) => messages.map(({ text, state }) => `${text}: ${state}`))

beforeEach(async () => {
  vi.useFakeTimers()
  localStorage.clear()
  await setLanguage('en')
  setActivePinia(createPinia())
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [], coaches: [{ id: 'c', name: 'Tom' }] })
  vi.mocked(api.beginThread).mockImplementation((_set, id, body) =>
    Promise.resolve(thread(id, message(body.message.id, body.message.text))),
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.resetAllMocks()
})

describe('a comment', () => {
  it('is shown before it is sent, and once after', async () => {
    const { threads, leave } = page()
    await flushPromises()
    threads.say('Deep enough?', BEGIN)
    expect(texts(threads)).toEqual(['Deep enough?: sending'])
    await flushPromises()
    expect(texts(threads)).toEqual(['Deep enough?: sent'])
    leave()
  })

  it('that nobody answers is tried again, with the same id', async () => {
    vi.mocked(api.beginThread).mockRejectedValueOnce(offline)
    const { threads, leave } = page()
    await flushPromises()
    threads.say('Deep enough?', BEGIN)
    await flushPromises()
    expect(texts(threads)).toEqual(['Deep enough?: sending'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(texts(threads)).toEqual(['Deep enough?: sent'])
    const [first, second] = vi.mocked(api.beginThread).mock.calls
    expect(second).toEqual(first)
    leave()
  })

  it('goes out at once when the network is back', async () => {
    vi.mocked(api.beginThread).mockRejectedValueOnce(offline)
    const { threads, leave } = page()
    await flushPromises()
    threads.say('Deep enough?', BEGIN)
    await flushPromises()
    window.dispatchEvent(new Event('online'))
    await flushPromises()
    expect(api.beginThread).toHaveBeenCalledTimes(2)
    leave()
  })

  it('is sent by the next visit when this one ends too early', async () => {
    vi.mocked(api.beginThread).mockRejectedValueOnce(offline)
    const first = page()
    await flushPromises()
    first.threads.say('Deep enough?', BEGIN)
    first.threads.drafts.value.new = 'half a sen'
    await flushPromises()
    first.leave()
    const { threads, leave } = page()
    await flushPromises()
    expect(texts(threads)).toEqual(['Deep enough?: sent'])
    expect(threads.drafts.value.new).toBe('half a sen')
    leave()
  })

  it('that is refused says why, holds up nobody, and can be taken back', async () => {
    vi.mocked(api.beginThread).mockRejectedValueOnce(new ApiError('conflict', 'Nobody answers.', 409))
    const { threads, leave } = page()
    await flushPromises()
    threads.say('One', BEGIN)
    threads.say('Two', BEGIN)
    await flushPromises()
    expect(texts(threads).sort()).toEqual(['One: refused', 'Two: sent'])
    const refused = threads.shown.value.flatMap(({ messages }) => messages).find(({ problem }) => problem)!
    expect(refused.problem).toBe('Nobody answers.')
    expect(threads.discard(refused.id)).toBe('One')
    expect(texts(threads)).toEqual(['Two: sent'])
    leave()
  })
})

it('asks again when something has changed', async () => {
  const { threads, leave } = page()
  await flushPromises()
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [thread('t', message('m', 'New'))], coaches: [] })
  useNotificationStore().accept(1)
  await flushPromises()
  expect(texts(threads)).toEqual(['New: sent'])
  leave()
})

it('tells up to where it was read, and only what is new', async () => {
  const unread = { ...thread('t', message('m', 'New')), unread: 1 }
  vi.mocked(api.getThreads).mockResolvedValue({ threads: [unread], coaches: [] })
  vi.mocked(api.readThread).mockResolvedValue({ ...unread, unread: 0 })
  const { threads, leave } = page()
  await flushPromises()
  await threads.read('t')
  await threads.read('t')
  expect(vi.mocked(api.readThread).mock.calls).toEqual([['s1', 't', '2026-11-22T18:00:00Z', null]])
  leave()
})
