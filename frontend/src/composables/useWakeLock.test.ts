import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { useWakeLock } from './useWakeLock'

describe('useWakeLock', () => {
  let scope: EffectScope
  const wanted = ref(false)
  const release = vi.fn(() => Promise.resolve())
  const request = vi.fn(() => Promise.resolve({ release }))

  beforeEach(() => {
    vi.clearAllMocks()
    wanted.value = false
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    see('visible')
  })
  const build = (wakeLock: { request: typeof request } | undefined = { request }) =>
    scope.run(() => useWakeLock(wanted, { wakeLock }))!
  const want = async (value: boolean) => {
    wanted.value = value
    await flushPromises()
  }
  const see = (state: DocumentVisibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }

  it('is held while it is wanted', async () => {
    build()
    expect(request).not.toHaveBeenCalled()
    await want(true)
    expect(request).toHaveBeenCalledOnce()
    expect(release).not.toHaveBeenCalled()
    await want(false)
    expect(release).toHaveBeenCalledOnce()
  })

  it('is asked for anew when the page is in sight again', async () => {
    build()
    await want(true)
    see('hidden')
    await nextTick()
    see('visible')
    await flushPromises()
    expect(request).toHaveBeenCalledTimes(2)
  })

  it('says that it was refused, until it is no longer wanted', async () => {
    request.mockRejectedValueOnce(new DOMException('battery', 'NotAllowedError'))
    const { refused } = build()
    await want(true)
    expect(refused.value).toBe(true)
    await want(false)
    expect(refused.value).toBe(false)
  })

  it('goes with its component, also where it comes late', async () => {
    build()
    wanted.value = true
    await nextTick()
    scope.stop()
    await flushPromises()
    expect(release).toHaveBeenCalledOnce()
  })
})
