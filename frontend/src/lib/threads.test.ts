import { describe, expect, it } from 'vitest'
import type { Thread } from '@/api/threads'
import { eventsOf } from '@/lib/reps'
import { anAttempt, aRep, aSet } from '@/lib/testing'
import { eventOf, pinsOf, shownThreads, threadOfPin } from './threads'
import type { Unsent } from './unsent'

const aThread = (id: string, change: Partial<Thread> = {}): Thread => ({
  id,
  set: 's1',
  workout: 'w1',
  exercise: 'squat',
  t_ms: 1200,
  rep_start_ms: 0,
  coach: { id: 'c', name: 'Tom' },
  other: 'Tom',
  created_at: '2026-11-22T18:00:00.000001Z',
  last_at: '2026-11-22T18:00:00.000001Z',
  open: true,
  unread: 0,
  seen_at: null,
  message_count: 1,
  messages: [
    {
      id: `${id}-1`,
      mine: true,
      author: 'Ada',
      text: 'Deep enough?',
      created_at: '2026-11-22T18:00:00.000001Z',
      edited_at: null,
    },
  ],
  ...change,
})
const anUnsent = (id: string, thread: string, change: Partial<Unsent> = {}): Unsent => ({
  id,
  thread,
  begins: null,
  text: 'Hello',
  writtenAt: '2026-11-22T19:00:00Z',
  refused: null,
  ...change,
})
const BEGINS = { t_ms: 300, rep_start_ms: null, coach: 'c', other: 'Tom' }

describe('threads as they are shown', () => {
  it('have what is on its way at their end', () => {
    const [thread] = shownThreads([aThread('a')], [anUnsent('m', 'a')])
    expect(thread!.messages.map(({ text, state }) => [text, state])).toEqual([
      ['Deep enough?', 'sent'],
      ['Hello', 'sending'],
    ])
  })

  it('begin here before the server knows them', () => {
    const shown = shownThreads([aThread('a')], [anUnsent('m', 'b', { begins: BEGINS }), anUnsent('n', 'b')])
    expect(shown.map(({ id, begun, messages }) => [id, begun, messages.length])).toEqual([
      ['b', false, 2],
      ['a', true, 1],
    ])
  })

  it('show once what the server has taken while its answer was lost', () => {
    const [thread] = shownThreads([aThread('a')], [anUnsent('a-1', 'a', { begins: BEGINS })])
    expect(thread!.messages).toHaveLength(1)
    expect(thread!.messages[0]!.state).toBe('sent')
  })

  it('say why something was refused', () => {
    const [thread] = shownThreads([aThread('a')], [anUnsent('m', 'a', { refused: 'Nobody answers.' })])
    expect(thread!.messages[1]).toMatchObject({ state: 'refused', problem: 'Nobody answers.' })
  })

  it('come by moment, the whole set first', () => {
    const shown = shownThreads(
      [aThread('late', { t_ms: 9000 }), aThread('early', { t_ms: 5 }), aThread('all', { t_ms: null })],
      [],
    )
    expect(shown.map(({ id }) => id)).toEqual(['all', 'early', 'late'])
  })

  it.each([
    [null, false],
    ['2026-11-22T17:59:59Z', false],
    ['2026-11-22T18:00:00.000001Z', true],
    ['2026-11-22T18:01:00Z', true],
  ])('know what was seen up to %s', (seen_at, seen) => {
    expect(shownThreads([aThread('a', { seen_at })], [])[0]!.messages[0]!.seen).toBe(seen)
  })
})

describe('the movement of a thread', () => {
  // Repetitions from 0 to 1800, from 2000 to 3800; an attempt from 9000 to 9800.
  const events = eventsOf(aSet({ reps: [aRep(0), aRep(1)], attempts: [anAttempt()] }))

  it.each([
    ['of its repetition', { rep_start_ms: 2000, t_ms: 2500 }, 1],
    ['of one that an analysis has moved a little', { rep_start_ms: 1900, t_ms: 2500 }, 1],
    ['of its moment alone', { rep_start_ms: null, t_ms: 9100 }, 2],
    ['of none where nothing goes on', { rep_start_ms: null, t_ms: 5000 }, null],
    ['of none where its repetition is gone', { rep_start_ms: 6000, t_ms: 6500 }, null],
    ['of none on the set as a whole', { rep_start_ms: null, t_ms: null }, null],
  ])('is that %s', (_, place, index) => expect(eventOf(place, events)).toBe(index))
})

it('pins stand at moments, and lead back to their threads', () => {
  const shown = shownThreads([aThread('a'), aThread('all', { t_ms: null })], [])
  const pins = pinsOf(shown, 'icon', ({ other }) => other)
  expect(pins).toEqual([{ id: 'thread-a', atMs: 1200, label: 'Tom', icon: 'icon' }])
  expect(threadOfPin(pins[0]!)).toBe('a')
  expect(threadOfPin({ id: 'finding-0-0', atMs: 0, label: '' })).toBeNull()
})
