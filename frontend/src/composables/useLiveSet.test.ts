import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { SetDetail } from '@/api/types'
import { anAttempt, aRep, aSet } from '@/components/studio/testing'
import { FakeSocket } from './testing'
import { isNewer, useLiveSet } from './useLiveSet'

function setUp(answer: () => Promise<SetDetail | null> = () => Promise.resolve(null)) {
  const sockets: FakeSocket[] = []
  const setId = ref<string | null>('set-1')
  const finished = ref(false)
  const fetchSet = vi.fn(answer)
  const scope = effectScope()
  const live = scope.run(() =>
    useLiveSet({
      workoutId: ref('workout-1'),
      setId,
      finished,
      fetchSet,
      connect: (url) => {
        const socket = new FakeSocket(url)
        sockets.push(socket)
        return socket as unknown as WebSocket
      },
    }),
  )!
  const say = (set: SetDetail, rest: object = {}): void =>
    sockets[0]!.say(
      JSON.stringify({ type: 'set.analyzed', set, last_rep: null, last_attempt: null, ...rest }),
    )
  return { ...live, sockets, setId, finished, fetchSet, scope, say }
}

describe('isNewer', () => {
  const last = aSet({ clips_received: 3, state: 'analyzing' })

  it.each([
    ['another set', aSet({ id: 'set-2' }), true],
    ['a later clip', aSet({ clips_received: 4, state: 'open' }), true],
    ['an earlier clip', aSet({ clips_received: 2, state: 'done' }), false],
    ['the same clip, done', aSet({ clips_received: 3, state: 'done' }), true],
    ['the same clip, still open', aSet({ clips_received: 3, state: 'open' }), false],
  ])('judges %s', (_, next, newer) => expect(isNewer(next, last)).toBe(newer))
})

describe('useLiveSet', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows what the socket says, and the reason of the last attempt', () => {
    const { say, set, lastAttempt } = setUp()
    say(aSet({ rep_count: 2, clips_received: 2 }), { last_attempt: anAttempt({ reason: 'too_fast' }) })
    expect(set.value?.rep_count).toBe(2)
    expect(lastAttempt.value?.reason).toBe('too_fast')
  })

  it('takes back an attempt that turned out to be none, but not because of an event that was overtaken', () => {
    const { say, lastAttempt } = setUp()
    say(aSet({ clips_received: 2 }), { last_attempt: anAttempt() })
    say(aSet({ clips_received: 1 }))
    expect(lastAttempt.value).not.toBeNull()
    say(aSet({ clips_received: 3 }))
    expect(lastAttempt.value).toBeNull()
  })

  it('leaves events of another set alone, and those that were overtaken', () => {
    const { say, set } = setUp()
    say(aSet({ rep_count: 3, clips_received: 5 }))
    say(aSet({ rep_count: 9, id: 'set-2', clips_received: 9 }))
    say(aSet({ rep_count: 2, clips_received: 4 }))
    expect(set.value?.rep_count).toBe(3)
  })

  it('asks for the state each time the socket is back', async () => {
    const { sockets, fetchSet, set } = setUp(() => Promise.resolve(aSet({ rep_count: 4 })))
    sockets[0]!.open()
    await vi.advanceTimersByTimeAsync(0)
    expect(fetchSet).toHaveBeenCalledOnce()
    expect(set.value?.rep_count).toBe(4)
  })

  it('asks every few seconds while the socket is away, and not while it is there', async () => {
    const { sockets, fetchSet } = setUp()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fetchSet).toHaveBeenCalledTimes(2)
    sockets[0]!.open()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(fetchSet).toHaveBeenCalledTimes(3)
  })

  it('asks for the last word of a finished set even with a socket, until it has it', async () => {
    let state: SetDetail['state'] = 'analyzing'
    const { sockets, finished, fetchSet, done, set } = setUp(() =>
      Promise.resolve(aSet({ state, reps: state === 'done' ? [aRep()] : [], rep_count: 1 })),
    )
    sockets[0]!.open()
    finished.value = true
    await vi.advanceTimersByTimeAsync(2_500)
    expect(done.value).toBe(false)
    state = 'done'
    await vi.advanceTimersByTimeAsync(2_500)
    expect(done.value).toBe(true)
    expect(set.value?.reps).toHaveLength(1)
    const asked = fetchSet.mock.calls.length
    await vi.advanceTimersByTimeAsync(20_000)
    expect(fetchSet).toHaveBeenCalledTimes(asked)
  })

  it('fetches the repetitions when the socket says done', async () => {
    const { say, fetchSet, set } = setUp(() =>
      Promise.resolve(aSet({ state: 'done', rep_count: 2, reps: [aRep(), aRep({ index: 1 })] })),
    )
    say(aSet({ state: 'done', rep_count: 2 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(fetchSet).toHaveBeenCalledOnce()
    expect(set.value?.reps).toHaveLength(2)
  })

  it('keeps the count through a lost network and says that nobody answers', async () => {
    const { say, set, reachable } = setUp(() => Promise.reject(new Error('offline')))
    say(aSet({ rep_count: 6 }))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(reachable.value).toBe(false)
    expect(set.value?.rep_count).toBe(6)
  })

  it('starts the next set from nothing, and ignores a late answer about the last', async () => {
    let resolve: (set: SetDetail) => void = () => undefined
    const { setId, set } = setUp(() => new Promise((settle) => (resolve = settle)))
    await vi.advanceTimersByTimeAsync(2_500)
    setId.value = 'set-2'
    await nextTick()
    resolve(aSet({ id: 'set-1', rep_count: 8 }))
    await vi.advanceTimersByTimeAsync(0)
    expect(set.value).toBeNull()
  })

  it('asks no more after the page has gone', async () => {
    const { scope, fetchSet } = setUp()
    scope.stop()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(fetchSet).not.toHaveBeenCalled()
  })
})
