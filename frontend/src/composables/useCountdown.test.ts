import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCountdown } from './useCountdown'

describe('useCountdown', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function setUp() {
    const onEnd = vi.fn()
    const ticks: number[] = []
    const scope = effectScope()
    const countdown = scope.run(() => useCountdown(onEnd, (left) => ticks.push(left)))!
    return { onEnd, ticks, scope, ...countdown }
  }

  it('counts 3, 2, 1 and then ends, once', () => {
    const { start, left, onEnd, ticks } = setUp()
    start(3)
    vi.advanceTimersByTime(2_999)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(5_000)
    expect(ticks).toEqual([3, 2, 1])
    expect(onEnd).toHaveBeenCalledOnce()
    expect(left.value).toBeNull()
  })

  it('ends at once with no seconds', () => {
    const { start, onEnd } = setUp()
    start(0)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('never ends once it was called off', () => {
    const { start, cancel, onEnd, left } = setUp()
    start(3)
    cancel()
    vi.advanceTimersByTime(5_000)
    expect(left.value).toBeNull()
    expect(onEnd).not.toHaveBeenCalled()
  })

  it('never ends after the page has gone', () => {
    const { start, scope, onEnd } = setUp()
    start(3)
    scope.stop()
    vi.advanceTimersByTime(5_000)
    expect(onEnd).not.toHaveBeenCalled()
  })
})
