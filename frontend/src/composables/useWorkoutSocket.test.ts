import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { aSet } from '@/components/studio/testing'
import { FakeSocket } from './testing'
import { socketUrl } from './useSocket'
import { useWorkoutSocket } from './useWorkoutSocket'

function setUp(first: string | null = 'w1') {
  const sockets: FakeSocket[] = []
  const workoutId = ref(first)
  const onAnalyzed = vi.fn()
  const onOpen = vi.fn()
  const scope = effectScope()
  const { state } = scope.run(() =>
    useWorkoutSocket(workoutId, {
      onAnalyzed,
      onOpen,
      connect: (url) => {
        const socket = new FakeSocket(url)
        sockets.push(socket)
        return socket as unknown as WebSocket
      },
    }),
  )!
  return { sockets, workoutId, onAnalyzed, onOpen, scope, state }
}

const event = (count: number): string =>
  JSON.stringify({ type: 'set.analyzed', set: aSet({ rep_count: count }), last_rep: null })

describe('useWorkoutSocket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('goes to the own origin, securely where the page is', () => {
    expect(socketUrl('/ws/workouts/w1', { protocol: 'https:', host: 'coach.example' })).toBe(
      'wss://coach.example/ws/workouts/w1',
    )
    expect(socketUrl('/ws/workouts/w1', { protocol: 'http:', host: 'localhost:8000' })).toBe(
      'ws://localhost:8000/ws/workouts/w1',
    )
  })

  it('hands on what was analysed and nothing else', () => {
    const { sockets, onAnalyzed, state } = setUp()
    sockets[0]!.open()
    sockets[0]!.say('not json')
    sockets[0]!.say('{"type":"other"}')
    sockets[0]!.say('null')
    sockets[0]!.say(event(2))
    expect(state.value).toBe('live')
    expect(onAnalyzed).toHaveBeenCalledOnce()
    expect(onAnalyzed.mock.calls[0]?.[0].set.rep_count).toBe(2)
  })

  it('comes back ever more slowly, and says so each time it is open', () => {
    const { sockets, onOpen, state } = setUp()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    for (const waitMs of [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      const before = sockets.length
      sockets.at(-1)!.drop()
      expect(state.value).toBe('waiting')
      vi.advanceTimersByTime(waitMs - 1)
      expect(sockets.length).toBe(before)
      vi.advanceTimersByTime(1)
      expect(sockets.length).toBe(before + 1)
    }
    sockets.at(-1)!.open()
    expect(onOpen).toHaveBeenCalledOnce()
  })

  it('does not wait when the network is back', () => {
    const { sockets } = setUp()
    sockets[0]!.drop()
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(2)
  })

  it('follows to the next workout and lets go of the last', async () => {
    const { sockets, workoutId, state } = setUp()
    workoutId.value = 'w2'
    await nextTick()
    expect(sockets[0]!.closed).toBe(true)
    expect(sockets[1]!.url).toContain('/w2')
    workoutId.value = null
    await nextTick()
    expect(state.value).toBe('idle')
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(2)
  })

  it('does not come back after the page has gone', () => {
    const { sockets, scope } = setUp()
    scope.stop()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(sockets[0]!.closed).toBe(true)
  })
})
