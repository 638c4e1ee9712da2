/** Threads as a page shows them: what the server knows, and what is still on its way. */
import type { Message, Thread } from '@/api/threads'
import type { Pin } from '@/lib/replay/moments'
import { spanOf, type SetEvent } from '@/lib/reps'
import type { Unsent } from '@/lib/unsent'

export interface ShownMessage extends Pick<Message, 'id' | 'mine' | 'author' | 'text' | 'edited_at'> {
  at: string
  state: 'sent' | 'sending' | 'refused'
  /** Why it was refused, in words. */
  problem: string | null
  /** Whether the other one has seen it. */
  seen: boolean
}

export interface ShownThread extends Pick<
  Thread,
  'id' | 't_ms' | 'rep_start_ms' | 'other' | 'open' | 'unread'
> {
  /** The server knows it. */
  begun: boolean
  messages: ShownMessage[]
}

const seenBy = (seenAt: string | null, at: string): boolean =>
  seenAt !== null && Date.parse(at) <= Date.parse(seenAt)

const sent = ({ created_at: at, ...message }: Message, seenAt: string | null): ShownMessage => ({
  ...message,
  at,
  state: 'sent',
  problem: null,
  seen: message.mine && seenBy(seenAt, at),
})

const onItsWay = ({ id, text, writtenAt, refused }: Unsent): ShownMessage => ({
  id,
  text,
  at: writtenAt,
  mine: true,
  author: '',
  edited_at: null,
  state: refused === null ? 'sending' : 'refused',
  problem: refused,
  seen: false,
})

function begunBy({ thread, begins }: Unsent): ShownThread[] {
  if (!begins) return []
  const { t_ms, rep_start_ms, other } = begins
  return [{ id: thread, t_ms, rep_start_ms, other, open: true, unread: 0, begun: false, messages: [] }]
}

/** By moment, those on the whole set first; of two at one moment the older one first. */
export function shownThreads(threads: readonly Thread[], unsent: readonly Unsent[]): ShownThread[] {
  const known = new Set(threads.map(({ id }) => id))
  const shown = [
    ...threads.map(({ id, t_ms, rep_start_ms, other, open, unread, messages, seen_at }) => ({
      id,
      t_ms,
      rep_start_ms,
      other,
      open,
      unread,
      begun: true,
      messages: messages.map((message) => sent(message, seen_at)),
    })),
    ...unsent.filter(({ thread }) => !known.has(thread)).flatMap(begunBy),
  ]
  const told = new Set(threads.flatMap(({ messages }) => messages.map(({ id }) => id)))
  for (const one of unsent) {
    if (told.has(one.id)) continue
    shown.find(({ id }) => id === one.thread)?.messages.push(onItsWay(one))
  }
  return shown.sort((a, b) => (a.t_ms ?? -1) - (b.t_ms ?? -1))
}

/** Index of the movement that a thread is about, found by its time; null for the set as a whole. */
export function eventOf(
  { t_ms, rep_start_ms }: Pick<ShownThread, 't_ms' | 'rep_start_ms'>,
  events: readonly SetEvent[],
): number | null {
  const at = rep_start_ms ?? t_ms
  if (at === null) return null
  const goesOn = (event: SetEvent): boolean => spanOf(event).start_ms <= at && at < spanOf(event).end_ms
  // An analysis may move a repetition a little: the nearest start is meant where none goes on at that time.
  const index = events.findIndex(goesOn)
  if (index >= 0 || rep_start_ms === null) return index < 0 ? null : index
  return nearest(at, events)
}

const MOVED_MS = 1000

function nearest(at: number, events: readonly SetEvent[]): number | null {
  const away = events.map((event) => Math.abs(spanOf(event).start_ms - at))
  const least = Math.min(...away)
  return least <= MOVED_MS ? away.indexOf(least) : null
}

const PREFIX = 'thread-'

export const pinsOf = (
  threads: readonly ShownThread[],
  icon: string,
  label: (thread: ShownThread) => string,
): Pin[] =>
  threads.flatMap((thread) =>
    thread.t_ms === null
      ? []
      : [{ id: `${PREFIX}${thread.id}`, atMs: thread.t_ms, label: label(thread), icon }],
  )

/** The thread of a pin, if it is one of ours. */
export const threadOfPin = ({ id }: Pin): string | null =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null
