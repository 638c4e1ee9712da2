/** Comments on a set. `of`: of which athlete, null for oneself. What a grant may take back is never copied. */
import { apiOf, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Thread = Schemas['Thread']
export type Message = Schemas['Message']
export type ThreadsOfSet = Schemas['ThreadsOfSet']
export type ThreadsPage = Schemas['ThreadsPage']
export type ThreadBegin = Schemas['ThreadBeginRequest']

const NOW = { cache: 'no-store' } as const
const thread = (set_id: string, thread_id: string) => ({ params: { path: { set_id, thread_id } } })
const message = (set_id: string, thread_id: string, message_id: string) => ({
  params: { path: { set_id, thread_id, message_id } },
})
const MESSAGE = '/api/sets/{set_id}/threads/{thread_id}/messages/{message_id}' as const

export const getThreads = (set_id: string, of: string | null): Promise<ThreadsOfSet> =>
  unwrap(apiOf(of).GET('/api/sets/{set_id}/threads', { params: { path: { set_id } }, ...NOW }))
export const beginThread = (set: string, id: string, body: ThreadBegin, of: string | null): Promise<Thread> =>
  unwrap(apiOf(of).PUT('/api/sets/{set_id}/threads/{thread_id}', { ...thread(set, id), body }))
export const readThread = (set: string, id: string, until: string, of: string | null): Promise<Thread> =>
  unwrap(
    apiOf(of).POST('/api/sets/{set_id}/threads/{thread_id}/read', { ...thread(set, id), body: { until } }),
  )

type OfMessage = [set: string, thread: string, id: string]
export const addMessage = (at: OfMessage, text: string, of: string | null): Promise<Thread> =>
  unwrap(apiOf(of).PUT(MESSAGE, { ...message(...at), body: { text } }))
export const editMessage = (at: OfMessage, text: string, of: string | null): Promise<Thread> =>
  unwrap(apiOf(of).PATCH(MESSAGE, { ...message(...at), body: { text } }))
export const deleteMessage = (at: OfMessage, of: string | null): Promise<Thread> =>
  unwrap(apiOf(of).DELETE(MESSAGE, message(...at)))
export const restoreMessage = (at: OfMessage, of: string | null): Promise<Thread> =>
  unwrap(apiOf(of).POST(`${MESSAGE}/restore`, message(...at)))

/** The inbox: one's own, or a coach's of one athlete. */
export const listThreads = (
  query: { unread?: boolean; before?: string; limit?: number },
  of: string | null = null,
): Promise<ThreadsPage> => unwrap(apiOf(of).GET('/api/threads', { params: { query }, ...NOW }))
