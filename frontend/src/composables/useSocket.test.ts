import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { FakeSocket } from './testing'
import { FORBIDDEN, SIGNED_OUT, useSocket } from './useSocket'

function setUp(final?: readonly number[]) {
  const sockets: FakeSocket[] = []
  const onMessage = vi.fn()
  const path = ref<string | null>('/ws/x')
  const connect = (url: string): WebSocket => {
    sockets.push(new FakeSocket(url))
    return sockets.at(-1) as unknown as WebSocket
  }
  const used = effectScope().run(() => useSocket(path, { onMessage, connect, final }))!
  return { sockets, onMessage, path, ...used }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('sends while it is open and says when it could not', () => {
  const { sockets, send } = setUp()
  expect(send({ type: 'early' })).toBe(false)
  sockets[0].open()
  expect(send({ type: 'now' })).toBe(true)
  sockets[0].drop()
  expect(send({ type: 'late' })).toBe(false)
  expect(sockets[0].sent).toEqual([{ type: 'now' }])
})

it('hears messages with a type', () => {
  const { sockets, onMessage } = setUp()
  for (const text of ['{', 'null', '[]', '{"type":1}', '{"type":"a"}']) sockets[0].say(text)
  expect(onMessage.mock.calls).toEqual([[{ type: 'a' }]])
})

it('takes a refusal at the door for an answer', () => {
  const { sockets, state, refusedWith, path } = setUp([SIGNED_OUT, FORBIDDEN])
  sockets[0].open()
  sockets[0].drop(FORBIDDEN)
  expect([state.value, refusedWith.value]).toEqual(['refused', FORBIDDEN])
  vi.advanceTimersByTime(60_000)
  expect(sockets).toHaveLength(1)
  expect(path.value).toBe('/ws/x')
})

it('asks once more after it was let in: the session may have a new key', () => {
  const { sockets, state } = setUp([SIGNED_OUT])
  sockets[0].open()
  sockets[0].say('{"type":"hello"}')
  sockets[0].drop(SIGNED_OUT)
  expect(state.value).toBe('waiting')
  vi.advanceTimersByTime(2_000)
  sockets[1].open()
  sockets[1].drop(SIGNED_OUT)
  expect(state.value).toBe('refused')
})
