import { createEventHook } from '@vueuse/core'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue'
import type { Source } from '@/api/types'
import type { LiveFigures, StudioStatus } from '@/components/studio/types'
import { DEFAULTS, type FlowOptions } from '@/lib/flow/machine'
import { ANY } from '@/lib/flow/needs'
import { person } from '@/lib/flow/testing'
import { emptyPose, type Pose, type StampedFrame } from '@/pose/frame'
import { useWorkoutStore } from '@/stores/workout'
import { useSessionFlow } from './useSessionFlow'

type Flow = ReturnType<typeof useSessionFlow>
type Studio = Parameters<typeof useSessionFlow>[0]

const figures = (part: Partial<LiveFigures>): LiveFigures => ({
  rep_count: 0,
  exercise: 'squat',
  confidence: 1,
  hold_s: null,
  ...part,
})

describe('useSessionFlow', () => {
  const status = ref<StudioStatus>('ready')
  const source = ref<Source | null>('camera')
  const shown = shallowRef<LiveFigures | null>(null)
  const options = shallowRef<FlowOptions>(DEFAULTS)
  const busy = ref(false)
  const setId = ref<string | null>(null)
  const ownCount = shallowRef<LiveFigures | null>(null)
  let seen: ReturnType<typeof createEventHook<StampedFrame>>
  let startSet: ReturnType<typeof vi.fn<() => Promise<boolean>>>
  let finishSet: ReturnType<typeof vi.fn<() => Promise<void>>>
  let scope: EffectScope
  let flow: Flow

  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    status.value = 'ready'
    source.value = 'camera'
    shown.value = setId.value = ownCount.value = null
    options.value = { ...DEFAULTS, needs: ANY }
    busy.value = false
    seen = createEventHook<StampedFrame>()
    startSet = vi.fn(() => {
      status.value = 'counting'
      setId.value = 'set-1'
      return Promise.resolve(true)
    })
    finishSet = vi.fn(() => {
      status.value = 'waiting'
      return Promise.resolve()
    })
    scope = effectScope()
    const own = { count: ownCount }
    const studio = { status, source, shown, own, recorder: { setId }, onSeen: seen.on, startSet, finishSet }
    flow = scope.run(() => useSessionFlow(studio as unknown as Studio, { options, busy }))!
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  async function see(pose: Pose, seconds: number): Promise<void> {
    for (let i = 0; i < 10 * seconds; i++) {
      const frame: StampedFrame = {
        tMs: performance.now(),
        pose,
        widthPx: 400,
        heightPx: 300,
        estimator: 'posenet_refined',
      }
      void seen.trigger(frame)
      await vi.advanceTimersByTimeAsync(100)
    }
  }

  it('starts a set for somebody who stands still, and shows the countdown on the way', async () => {
    await see(person(), 3)
    expect(flow.state.value).toBe('countdown')
    expect(flow.leftS.value).toBeGreaterThan(0)
    await see(person(), 4)
    expect(startSet).toHaveBeenCalledOnce()
    expect(flow.state.value).toBe('exercising')
  })

  it('counts a countdown down without any picture', async () => {
    flow.command('start')
    await vi.advanceTimersByTimeAsync(3_100)
    expect(startSet).toHaveBeenCalledOnce()
  })

  it('gets ready again where the set could not begin', async () => {
    startSet.mockResolvedValue(false)
    flow.command('start')
    await vi.advanceTimersByTimeAsync(3_200)
    expect(flow.state.value).not.toBe('exercising')
  })

  it('lets go of a set that was stopped before it had begun', async () => {
    const discard = vi.spyOn(useWorkoutStore(), 'discardSet').mockResolvedValue()
    let begin = (): void => undefined
    startSet.mockImplementation(async () => {
      await new Promise<void>((resolve) => (begin = resolve))
      status.value = 'counting'
      setId.value = 'set-1'
      return true
    })
    flow.command('start')
    await vi.advanceTimersByTimeAsync(3_200)
    flow.command('stop')
    begin()
    await vi.advanceTimersByTimeAsync(100)
    expect(finishSet).toHaveBeenCalledOnce()
    expect(discard).toHaveBeenCalledWith('set-1')
  })

  describe('in a set', () => {
    beforeEach(async () => {
      flow.command('start')
      await vi.advanceTimersByTimeAsync(3_200)
      expect(flow.state.value).toBe('exercising')
    })

    it('finishes it at its target, and rests', async () => {
      options.value = { ...options.value, target: { kind: 'reps', value: 2 } }
      flow.command('stop')
      flow.command('start')
      await vi.advanceTimersByTimeAsync(3_200)
      finishSet.mockClear()
      status.value = 'counting'
      await nextTick()
      shown.value = figures({ rep_count: 2 })
      await nextTick()
      await vi.advanceTimersByTimeAsync(2_000)
      expect(finishSet).toHaveBeenCalledOnce()
      expect(flow.state.value).toBe('resting')
      expect(flow.rest.value).toMatchObject({ totalS: 60 })
    })

    it('lets go of a set that ended by itself with nothing in it', async () => {
      const discard = vi.spyOn(useWorkoutStore(), 'discardSet').mockResolvedValue()
      ownCount.value = figures({})
      await see(emptyPose(), 12)
      expect(finishSet).toHaveBeenCalledOnce()
      expect(discard).toHaveBeenCalledWith('set-1')
    })

    it('keeps a set that nobody has counted yet', async () => {
      const discard = vi.spyOn(useWorkoutStore(), 'discardSet').mockResolvedValue()
      await see(emptyPose(), 12)
      expect(finishSet).toHaveBeenCalledOnce()
      expect(discard).not.toHaveBeenCalled()
    })

    it('keeps an empty set that the athlete ended', async () => {
      const discard = vi.spyOn(useWorkoutStore(), 'discardSet').mockResolvedValue()
      flow.command('stop')
      await vi.advanceTimersByTimeAsync(100)
      expect(finishSet).toHaveBeenCalledOnce()
      expect(discard).not.toHaveBeenCalled()
    })

    it('lets the clock of a hold run between two looks', async () => {
      shown.value = figures({ exercise: 'plank', hold_s: 3 })
      await nextTick()
      await vi.advanceTimersByTimeAsync(700)
      expect(flow.holdS.value).toBeGreaterThan(3.5)
    })
  })

  it('leaves recorded videos alone', async () => {
    source.value = 'video'
    await see(person(), 8)
    expect(flow.active.value).toBe(false)
    expect(startSet).not.toHaveBeenCalled()
  })

  it('says what a raised hand is about to do', async () => {
    options.value = { ...options.value, needs: { ...ANY, posture: 'upright' } }
    await see(person(), 0.8)
    await see(person({ handsUp: 1, height: 0.5 }), 0.6)
    expect(flow.signing.value).toMatchObject({ sign: 'one_hand', meaning: 'start' })
    expect(flow.signing.value?.ratio).toBeGreaterThan(0.3)
  })
})
