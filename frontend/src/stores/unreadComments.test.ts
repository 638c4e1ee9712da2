import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listThreads, type Thread } from '@/api/threads'
import { useNotificationStore } from './notifications'
import { useUnreadCommentStore } from './unreadComments'

vi.mock('@/api/threads')

const thread = (set: string, workout: string, unread: number): Thread =>
  ({ set, workout, unread }) as unknown as Thread
const answer = (...results: Thread[]): void =>
  void vi.mocked(listThreads).mockResolvedValue({ results, next_before: null, unread: results.length })

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.resetAllMocks())

it('asks once for a whole list, and adds up', async () => {
  answer(thread('s1', 'w1', 2), thread('s2', 'w1', 1), thread('s3', 'w2', 1))
  const unread = useUnreadCommentStore()
  expect(unread.ofWorkout('w1', null)).toBe(0)
  unread.ofWorkout('w2', null)
  await flushPromises()
  expect([unread.ofWorkout('w1', null), unread.ofSet('s2', null), unread.ofSet('s9', null)]).toEqual([
    3, 1, 0,
  ])
  expect(listThreads).toHaveBeenCalledExactlyOnceWith({ unread: true, limit: 100 }, null)
})

it('keeps an athlete apart from oneself', async () => {
  answer(thread('s1', 'w1', 2))
  const unread = useUnreadCommentStore()
  unread.ofWorkout('w1', 'ada')
  await flushPromises()
  expect(listThreads).toHaveBeenCalledExactlyOnceWith({ unread: true, limit: 100 }, 'ada')
  expect(unread.ofWorkout('w1', 'ada')).toBe(2)
})

it('asks again when something has changed, and goes on without an answer', async () => {
  answer(thread('s1', 'w1', 2))
  const unread = useUnreadCommentStore()
  unread.ofSet('s1', null)
  await flushPromises()
  vi.mocked(listThreads).mockRejectedValue(new Error('offline'))
  useNotificationStore().accept(0)
  await flushPromises()
  expect(unread.ofSet('s1', null)).toBe(0)
})
