import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue'
import type { Conditions } from '@/pose/conditions'
import { useHardToSee } from './useHardToSee'
import { useHiddenTime } from './useHiddenTime'

let scope: EffectScope
beforeEach(() => void (scope = effectScope()))
afterEach(() => scope.stop())

describe('useHardToSee', () => {
  async function said(...seen: [fps: number, luma: number][]) {
    const conditions = shallowRef<Conditions | null>(null)
    const hindrance = scope.run(() => useHardToSee(conditions))!
    const told = []
    for (const [fps, luma] of seen) {
      conditions.value = { fps, luma }
      await nextTick()
      told.push(hindrance.value)
    }
    return told
  }

  it('says nothing of a camera in daylight, be it a slow one', async () => {
    expect(await said([30, 0.5], [15, 0.3], [10.5, 0.2])).toEqual([null, null, null])
  })

  it('says that it is dark, and only that', async () => {
    expect(await said([8, 0.05])).toEqual(['dark'])
  })

  it('says that the camera gives too few pictures', async () => {
    expect(await said([8, 0.5])).toEqual(['camera_slow'])
  })

  it('does not flicker', async () => {
    expect(await said([30, 0.11], [30, 0.13], [30, 0.18], [30, 0.13])).toEqual(['dark', 'dark', null, null])
    expect(await said([9.9, 0.5], [10.1, 0.5], [13, 0.5])).toEqual(['camera_slow', 'camera_slow', null])
  })
})

describe('useHiddenTime', () => {
  const running = ref(false)
  beforeEach(() => {
    vi.useFakeTimers()
    running.value = false
  })
  afterEach(() => {
    see('visible')
    vi.useRealTimers()
  })
  const see = (state: DocumentVisibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  async function hide(ms: number) {
    see('hidden')
    await nextTick()
    vi.advanceTimersByTime(ms)
    see('visible')
    await nextTick()
  }

  it('adds up what a set has lost', async () => {
    const hiddenS = scope.run(() => useHiddenTime(running))!
    await hide(5_000)
    expect(hiddenS.value).toBe(0)
    running.value = true
    await nextTick()
    await hide(4_000)
    await hide(3_000)
    expect(hiddenS.value).toBe(7)
  })

  it('begins anew with each set', async () => {
    const hiddenS = scope.run(() => useHiddenTime(running))!
    running.value = true
    await nextTick()
    await hide(4_000)
    running.value = false
    await nextTick()
    expect(hiddenS.value).toBe(4)
    running.value = true
    await nextTick()
    expect(hiddenS.value).toBe(0)
  })
})
