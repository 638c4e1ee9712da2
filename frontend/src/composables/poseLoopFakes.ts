/** A pose loop of a test: its worker, its pictures and its sources do what the test tells them. */
import { afterEach, beforeEach, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { FrameSource, Picture } from '@/pose/frameSource'
import type { Estimator } from '@/pose/skeleton'
import type { PoseClientEvents } from '@/workers/poseClient'
import { usePoseLoop, type UsePoseLoopOptions } from './usePoseLoop'

export const image = () => ({ close: vi.fn() }) as unknown as ImageBitmap
export const picture = (tMs: number): Picture => ({ image: image(), widthPx: 640, heightPx: 480, tMs })

export const seen = (estimator: Estimator) => ({ pose: new Float32Array(51).fill(0.5), estimator, others: 0 })

/** A source of these pictures; `after` happens when they are through. */
export function source(
  times: number[],
  kind: FrameSource['kind'] = 'video',
  after: () => Promise<void> = async () => undefined,
): FrameSource {
  return {
    kind,
    async run(consume, { signal, onProgress }) {
      for (const [i, tMs] of times.entries()) {
        if (signal.aborted) return
        await consume(picture(tMs))
        onProgress?.((i + 1) / times.length)
      }
      await after()
    },
  }
}

export const setVisibility = (state: DocumentVisibilityState) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** Sets a worker up before each test of the suite that calls this, and clears up after it. */
export function poseLoopRig() {
  let scope: EffectScope
  let events: PoseClientEvents
  const client = { load: vi.fn(), estimate: vi.fn(), order: vi.fn(), terminate: vi.fn() }
  const createClient = vi.fn()

  beforeEach(() => {
    vi.resetAllMocks()
    scope = effectScope()
    createClient.mockImplementation((given: PoseClientEvents) => {
      events = given
      return client
    })
    client.load.mockImplementation(async () => events.onBackend('wasm', null, 1))
    client.estimate.mockImplementation(async () => seen('posenet_mobilenet_075'))
  })
  afterEach(() => {
    scope.stop()
    history.replaceState(null, '', '/')
    setVisibility('visible')
  })

  return {
    client,
    createClient,
    events: () => events,
    /** The component of the loop goes. */
    leave: () => scope.stop(),
    build: (options: UsePoseLoopOptions = {}) => scope.run(() => usePoseLoop({ createClient, ...options }))!,
  }
}
