import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, nextTick, ref } from 'vue'
import type { StampedFrame } from '@/pose/frame'
import { i18n, setLanguage } from '@/i18n'
import { writeWorkout } from '@/stores/openWorkouts'
import { FakeSocket } from './testing'
import { useBeingWatched } from './useBeingWatched'

const said = vi.hoisted(() => vi.fn())
vi.mock('./useVoice', () => ({ useVoice: () => ({ say: said }) }))

const TOM = { id: 'tom', name: 'Tom' }
let leave = (): void => undefined

function setUp(training = true) {
  const sockets: FakeSocket[] = []
  const options = { training: ref(training), user: ref('ada'), workout: ref<string | null>(null) }
  let see: (frame: StampedFrame) => void = () => undefined
  let page: ReturnType<typeof useBeingWatched> | null = null
  const app = createApp({
    setup() {
      page = useBeingWatched({
        ...options,
        onSeen: (hear) => (see = hear),
        tell: () => ({
          state: 'exercising',
          exercise: 'squat',
          reps: 2,
          hold_s: null,
          target: null,
          rest_s: null,
          cue: null,
        }),
        connect: (url) => {
          sockets.push(new FakeSocket(url))
          return sockets.at(-1) as unknown as WebSocket
        },
      })
      return () => null
    },
  })
  app.use(i18n).mount(document.createElement('div'))
  leave = () => app.unmount()
  const hear = (message: object): void => sockets.at(-1)?.say(JSON.stringify(message))
  const pose = (): void =>
    see({
      tMs: 0,
      takenMs: performance.now(),
      pose: new Float32Array(51).fill(0.5),
      widthPx: 640,
      heightPx: 480,
      estimator: 'posenet_mobilenet_075',
    })
  return { ...options, sockets, hear, pose, page: page! as ReturnType<typeof useBeingWatched> }
}

const watchers = (...names: object[]): object => ({ type: 'watchers', watchers: names })
const kinds = (socket: FakeSocket): unknown[] => socket.sent.map(({ type }) => type)

describe('useBeingWatched', () => {
  beforeEach(async () => {
    vi.useFakeTimers()
    localStorage.clear()
    said.mockClear()
    await setLanguage('en')
  })
  afterEach(() => {
    leave()
    vi.useRealTimers()
  })

  it('has no socket while nobody trains', async () => {
    const { sockets, training } = setUp(false)
    expect(sockets).toEqual([])
    training.value = true
    await nextTick()
    expect(sockets[0].url).toMatch(/\/ws\/training$/)
  })

  it('sends only while somebody watches', async () => {
    const { sockets, hear, pose, page } = setUp()
    sockets[0].open()
    pose()
    vi.advanceTimersByTime(1_000)
    expect(sockets[0].sent).toEqual([{ type: 'hello', private: false }])

    hear(watchers(TOM))
    await nextTick()
    expect(page.watchers.value).toEqual([TOM])
    for (let i = 0; i < 8; i++) {
      pose()
      vi.advanceTimersByTime(100)
    }
    const live = sockets[0].sent.filter(({ type }) => type === 'live')
    expect(live.map(({ t_ms }) => (t_ms as number[]).length)).toEqual([4, 4])
    expect(live[0]).toMatchObject({ state: 'exercising', reps: 2, width_px: 640 })

    hear(watchers())
    await nextTick()
    vi.advanceTimersByTime(2_000)
    expect(sockets[0].sent).toHaveLength(3)
  })

  it('says once who watches, however often the connection comes back', () => {
    const { sockets, hear } = setUp()
    sockets[0].open()
    hear(watchers(TOM))
    hear(watchers())
    hear(watchers(TOM))
    expect(said.mock.calls).toEqual([['note', 'Tom is watching.']])
  })

  it('speaks and shows what the coach says, in the language of the page, and tells that it was shown', async () => {
    const { sockets, hear, page } = setUp()
    sockets[0].open()
    hear({ type: 'cue', id: 'q1', text: null, ready: 'chest_up', coach: TOM })
    expect(page.said.value).toEqual({ id: 'q1', name: 'Tom', text: 'Chest up' })
    expect(said).toHaveBeenLastCalledWith('coach', 'Tom says: Chest up')
    expect(sockets[0].sent.at(-1)).toEqual({ type: 'shown', id: 'q1' })
    await setLanguage('de')
    hear({ type: 'cue', id: 'q2', text: null, ready: 'chest_up', coach: TOM })
    expect(page.said.value?.text).toBe('Brust raus')
    vi.advanceTimersByTime(10_000)
    expect(page.said.value).toBeNull()
    hear({ type: 'cue', id: 'q3', text: null, ready: 'fly', coach: TOM })
    expect(page.said.value).toBeNull()
    expect(sockets[0].sent).toHaveLength(3)
  })

  it('ends at once when the athlete wants it, and sends nothing more', async () => {
    const { sockets, hear, pose, page } = setUp()
    sockets[0].open()
    hear(watchers(TOM))
    await nextTick()
    page.stop()
    await nextTick()
    pose()
    vi.advanceTimersByTime(2_000)
    expect(page.watchers.value).toEqual([])
    expect(kinds(sockets[0])).toEqual(['hello', 'private'])
    expect(sockets[0].sent.at(-1)).toEqual({ type: 'private', private: true })
    page.allow()
    await nextTick()
    expect(sockets[0].sent.at(-1)).toEqual({ type: 'private', private: false })
  })

  it('stays ended over a reload, until the workout ends', async () => {
    const first = setUp()
    first.sockets[0].open()
    first.page.stop()
    first.workout.value = 'w1'
    const kept = { id: 'w1', startedAt: '2026-01-01T10:00:00Z', timeZone: 'UTC', sets: [], sentAt: null }
    writeWorkout('ada', { ...kept, endedAt: null })
    await nextTick()
    leave()

    const second = setUp()
    second.sockets[0].open()
    expect(second.sockets[0].sent).toEqual([{ type: 'hello', private: true }])
    second.workout.value = 'w1'
    await nextTick()
    expect(second.page.isPrivate.value).toBe(true)
    writeWorkout('ada', { ...kept, endedAt: '2026-01-01T11:00:00Z' })
    second.workout.value = null
    await nextTick()
    expect(second.page.isPrivate.value).toBe(false)
  })

  it('is somebody else’s wish on a shared device', () => {
    const { page, user } = setUp()
    page.stop()
    user.value = 'eve'
    expect(page.isPrivate.value).toBe(false)
  })
})
