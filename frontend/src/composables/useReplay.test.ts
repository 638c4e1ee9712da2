import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { downAndUp, squatFilm } from '@/lib/replay/testing'
import { useReplay, type Replay } from './useReplay'
import { useReplayKeys } from './useReplayKeys'

let scope: EffectScope
let frame: FrameRequestCallback | null
let now: number

/** Lets `ms` go by in frames of 20 ms. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 20) {
    const due = frame
    frame = null
    now += 20
    due?.(now)
    await Promise.resolve()
  }
}

beforeEach(() => {
  ;[frame, now] = [null, 1000]
  scope = effectScope()
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frame = callback
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => (frame = null))
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** One second at ten frames a second. */
const film = squatFilm(downAndUp(5))
const replayed = (shown = film as typeof film | null): Replay => scope.run(() => useReplay(shown))!

describe('useReplay', () => {
  it('plays to the end, stops there, and starts again from the beginning', async () => {
    const replay = replayed()
    replay.play()
    await pass(420)
    expect(replay.atMs.value).toBe(400)
    await pass(1000)
    expect([replay.atMs.value, replay.playing.value]).toEqual([1000, false])
    replay.toggle()
    expect([replay.atMs.value, replay.playing.value]).toEqual([0, true])
  })

  it('plays slower and faster', async () => {
    const replay = replayed()
    replay.speed.value = 0.25
    replay.play()
    await pass(420)
    expect(replay.atMs.value).toBeCloseTo(100)
  })

  it('repeats a stretch until somebody goes elsewhere', async () => {
    const replay = replayed()
    replay.loop.value = { startMs: 200, endMs: 400 }
    replay.play()
    expect(replay.atMs.value).toBe(200)
    await pass(320)
    expect([replay.atMs.value, replay.playing.value]).toEqual([300, true])
    replay.seek(900)
    expect(replay.loop.value).toBeNull()
  })

  it('steps whole frames and stops for it', async () => {
    const replay = replayed()
    replay.play()
    await pass(160)
    replay.step(1)
    expect([replay.atMs.value, replay.playing.value]).toEqual([200, false])
    replay.step(-1)
    expect(replay.atMs.value).toBe(100)
  })

  it('bears that there is no film', () => {
    const replay = replayed(null)
    replay.play()
    replay.step(1)
    expect(replay.playing.value).toBe(false)
  })
})

describe('useReplayKeys', () => {
  const actions = {
    toggle: vi.fn(),
    step: vi.fn(),
    rep: vi.fn(),
    number: vi.fn(),
    loop: vi.fn(),
    comment: vi.fn(),
  }
  const keys = useReplayKeys(actions)
  beforeEach(() => Object.values(actions).forEach((action) => action.mockClear()))

  function press(key: string, on = 'figure', init: KeyboardEventInit = {}): boolean {
    const target = document.createElement(on)
    target.addEventListener('keydown', keys)
    return !target.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...init }))
  }

  it('plays, steps, jumps and repeats', () => {
    for (const key of [' ', 'ArrowRight', 'ArrowLeft', '3', '0', 'l']) expect(press(key)).toBe(true)
    press('ArrowRight', 'figure', { shiftKey: true })
    expect(actions.toggle).toHaveBeenCalledOnce()
    expect(actions.step.mock.calls).toEqual([[1], [-1]])
    expect(actions.number.mock.calls).toEqual([[3], [10]])
    expect(actions.rep.mock.calls).toEqual([[1]])
    expect(actions.loop).toHaveBeenCalledOnce()
    expect(press('c')).toBe(true)
    expect(actions.comment).toHaveBeenCalledOnce()
  })

  it('leaves a key to the control that needs it, and to the browser', () => {
    expect(press(' ', 'button')).toBe(false)
    expect(press('3', 'textarea')).toBe(false)
    expect(press('l', 'figure', { ctrlKey: true })).toBe(false)
    expect(press('x')).toBe(false)
    expect(press('3', 'button')).toBe(true)
  })
})
