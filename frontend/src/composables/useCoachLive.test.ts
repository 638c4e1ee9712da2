import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { MOST_WATCHED } from '@/lib/watch/types'
import { FakeSocket } from './testing'
import { useCoachLive } from './useCoachLive'

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

function setUp() {
  const sockets: FakeSocket[] = []
  const connect = (url: string): WebSocket => {
    sockets.push(new FakeSocket(url))
    return sockets.at(-1) as unknown as WebSocket
  }
  const live = scope.run(() => useCoachLive({ connect, now: () => Date.now() }))!
  const say = (message: object): void => sockets.at(-1)?.say(JSON.stringify(message))
  const open = (...here: string[]): void => {
    sockets.at(-1)?.open()
    say({ type: 'athletes', athletes: ['ada', 'ben'].map((id) => ({ id, name: id.toUpperCase() })) })
    for (const athlete of here) say({ type: 'presence', athlete, here: true })
  }
  const tile = (id = 'ada') => live.tiles.value.find((one) => one.id === id)!
  return { live, sockets, say, open, tile }
}

const batch = (part: object = {}): object => ({
  type: 'live',
  athlete: 'ada',
  state: 'exercising',
  exercise: 'squat',
  reps: 3,
  hold_s: null,
  target: null,
  rest_s: null,
  cue: null,
  width_px: 640,
  height_px: 480,
  t_ms: [1_000, 1_100],
  keypoints: Array<number>(102).fill(100),
  ...part,
})

describe('useCoachLive', () => {
  it('knows who trains, and watches nobody unasked', () => {
    const { live, sockets, say, open } = setUp()
    open('ben')
    expect(live.athletes.value).toEqual([
      { id: 'ada', name: 'ADA', here: false },
      { id: 'ben', name: 'BEN', here: true },
    ])
    say({ type: 'presence', athlete: 'ben', here: false })
    expect(live.athletes.value.some(({ here }) => here)).toBe(false)
    expect(sockets[0].sent).toEqual([])
  })

  it('shows whom it watches, and what they do', () => {
    const { live, sockets, say, open, tile } = setUp()
    open('ada')
    live.watch('ada')
    expect(sockets[0].sent).toEqual([{ type: 'watch', athlete: 'ada' }])
    expect(tile().state).toBe('asking')
    say({ type: 'watching', athlete: 'ada' })
    say(batch())
    expect([tile().state, tile().told?.reps]).toEqual(['live', 3])
    expect(tile().playOut.newest()?.[0]).toBeCloseTo(0.01)
  })

  it('drops the picture when it has ended, and what still comes', () => {
    const { live, say, open, tile } = setUp()
    open('ada')
    live.watch('ada')
    say(batch())
    say({ type: 'ended', athlete: 'ada', reason: 'grant' })
    say(batch())
    expect([tile().state, tile().reason, tile().told]).toEqual(['ended', 'grant', null])
    expect(tile().playOut.newest()).toBeNull()
  })

  it('waits for who went away, and shows them when they are back', () => {
    const { live, say, open, tile } = setUp()
    open('ada')
    live.watch('ada')
    say(batch())
    say({ type: 'presence', athlete: 'ada', here: false })
    expect([tile().state, tile().told]).toEqual(['away', null])
    say({ type: 'presence', athlete: 'ada', here: true })
    say({ type: 'watching', athlete: 'ada' })
    expect(tile().state).toBe('live')
  })

  it('asks again for whom it watched after the connection was away, and not for what has ended', () => {
    const { live, sockets, say, open } = setUp()
    open('ada', 'ben')
    live.watch('ada')
    live.watch('ben')
    say({ type: 'ended', athlete: 'ben', reason: 'athlete' })
    sockets[0].drop()
    vi.advanceTimersByTime(2_000)
    open('ada')
    expect(sockets[1].sent).toEqual([{ type: 'watch', athlete: 'ada' }])
  })

  it('tells what became of a cue', () => {
    const { live, sockets, say, open, tile } = setUp()
    open('ada')
    live.watch('ada')
    live.say('ada', { ready: 'good' })
    expect(tile().cue?.status).toBe('sending')
    const { id } = tile().cue!
    expect(sockets[0].sent.at(-1)).toEqual({ type: 'cue', athlete: 'ada', id, text: null, ready: 'good' })
    say({ type: 'cue.status', id, status: 'shown', reason: null })
    expect(tile().cue?.status).toBe('shown')
    live.say('ada', { text: 'Now' })
    vi.advanceTimersByTime(10_000)
    expect(tile().cue?.status).toBe('lost')
    say({ type: 'cue.status', id: tile().cue?.id, status: 'shown', reason: null })
    expect(tile().cue?.status).toBe('shown')
    sockets[0].drop()
    live.say('ada', { text: 'And now' })
    expect(tile().cue?.status).toBe('lost')
  })

  it('has room for a class', () => {
    const { live, open } = setUp()
    open()
    for (let i = 0; i < MOST_WATCHED; i++) expect(live.watch(`a${i}`)).toBe(true)
    expect(live.watch('one more')).toBe(false)
    live.unwatch('a0')
    expect(live.watch('one more')).toBe(true)
  })
})
