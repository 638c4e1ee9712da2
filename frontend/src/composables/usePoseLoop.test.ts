import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope, type Ref } from 'vue'
import { DEFAULT_SETTINGS, type DetectorSettings } from '@/pose/detectorSettings'
import { PoseError } from '@/pose/errors'
import type { FrameSource, Picture } from '@/pose/frameSource'
import type { Estimator } from '@/pose/skeleton'
import type { LoadRequest } from '@/workers/messages'
import type { PoseClientEvents } from '@/workers/poseClient'
import { usePoseLoop, type UsePoseLoopOptions } from './usePoseLoop'

const image = () => ({ close: vi.fn() }) as unknown as ImageBitmap
const picture = (tMs: number): Picture => ({ image: image(), widthPx: 640, heightPx: 480, tMs })

const seen = (estimator: Estimator) => ({ pose: new Float32Array(51).fill(0.5), estimator, others: 0 })

/** A source of these pictures; `after` happens when they are through. */
function source(
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

describe('usePoseLoop', () => {
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

  const build = (options: UsePoseLoopOptions = {}) =>
    scope.run(() => usePoseLoop({ createClient, ...options }))!
  const setVisibility = (state: DocumentVisibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }

  it('finds a pose in every picture of a file, in order, and says when it has ended', async () => {
    const onPose = vi.fn()
    const loop = build({ onPose })
    expect(loop.status.value).toBe('idle')
    await loop.start(source([0, 83, 167]))
    expect(onPose.mock.calls.map(([frame]) => (frame as { tMs: number }).tMs)).toEqual([0, 83, 167])
    expect(onPose.mock.calls[0][0]).toMatchObject({ widthPx: 640, heightPx: 480 })
    expect(loop.status.value).toBe('ended')
    expect(loop.frames.value).toBe(3)
    expect(loop.progress.value).toBe(1)
    expect(loop.backend.value).toBe('wasm')
  })

  it('shows how far loading and warming up are', async () => {
    const seen: [string, number][] = []
    const loop = build()
    client.load.mockImplementation(async () => {
      events.onProgress('download', 0.5)
      seen.push([loop.status.value, loop.progress.value])
      events.onProgress('compile', 0.5)
      seen.push([loop.status.value, loop.progress.value])
    })
    expect(await loop.load()).toBe(true)
    expect(seen).toEqual([
      ['loading', 0.35],
      ['warming', 0.85],
    ])
    expect(loop.status.value).toBe('ready')
  })

  it('loads once, whoever asks', async () => {
    const loop = build()
    await Promise.all([loop.load(), loop.load()])
    await loop.start(source([0]))
    await loop.start(source([0]))
    expect(client.load).toHaveBeenCalledTimes(1)
  })

  it('takes the backend from the address, and refuses an unknown one', async () => {
    history.replaceState(null, '', '/?backend=wasm')
    await build().load()
    expect(client.load).toHaveBeenCalledWith(expect.objectContaining({ backend: 'wasm' }))
    history.replaceState(null, '', '/?backend=cuda')
    const loop = build()
    expect(await loop.load()).toBe(false)
    expect(loop.error.value).toMatchObject({ code: 'backend_unknown' })
  })

  it('takes the detector from the address, and refuses an unknown one', async () => {
    history.replaceState(null, '', '/?detector=movenet')
    await build().load()
    expect(client.load).toHaveBeenCalledWith(expect.objectContaining({ detector: 'movenet' }))
    history.replaceState(null, '', '/?detector=openpose')
    const loop = build()
    expect(await loop.load()).toBe(false)
    expect(loop.error.value).toMatchObject({
      code: 'detector_unknown',
      message: 'detector: expected one of auto, posenet, movenet, thunder, got "openpose"',
    })
  })

  describe('with settings', () => {
    const change = (part: Partial<DetectorSettings>) => (settings.value = { ...settings.value, ...part })
    let settings: Ref<DetectorSettings>
    beforeEach(() => (settings = ref({ ...DEFAULT_SETTINGS })))

    it('gives all of them to the worker, and the address goes first', async () => {
      change({ scoreThreshold: 0.3, nmsRadiusPx: 35, maxPeople: 3, outputStride: 8, backend: 'webgl' })
      history.replaceState(null, '', '/?backend=wasm')
      await build({ settings }).load()
      const given = client.load.mock.calls[0][0] as LoadRequest
      expect(given).toMatchObject({ scoreThreshold: 0.3, nmsRadiusPx: 35, maxPeople: 3, outputStride: 8 })
      expect(given.backend).toBe('wasm')
      expect(given.modelUrls.thunder).toMatch(/models\/thunder\/model\.json$/)
    })

    it('has the source take pictures of the size that is set', async () => {
      change({ imageScale: 3, inputSidePx: 193 })
      const run = vi.fn(() => Promise.resolve())
      await build({ settings }).start({ kind: 'video', run })
      expect(run).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ longestPx: 579 }))
    })

    it('loads the same worker again after a change, and goes on with the camera', async () => {
      const loop = build({ settings })
      const run = vi.fn(
        (_: unknown, { signal }: { signal: AbortSignal }) =>
          new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
      )
      void loop.start({ kind: 'camera', run })
      await vi.waitFor(() => expect(run).toHaveBeenCalledOnce())
      change({ mirror: false, imageScale: 1 })
      expect(loop.isStale.value).toBe(false)
      change({ detector: 'thunder' })
      expect(loop.isStale.value).toBe(true)
      expect(await loop.renew()).toBe(true)
      await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2))
      expect(loop.isStale.value).toBe(false)
      expect(client.load).toHaveBeenLastCalledWith(expect.objectContaining({ detector: 'thunder' }))
      expect(createClient).toHaveBeenCalledTimes(1)
    })

    it('loads with the new settings at the next start', async () => {
      const loop = build({ settings })
      await loop.start(source([0]))
      change({ inputSidePx: 353 })
      await loop.start(source([0]))
      expect(client.load).toHaveBeenCalledTimes(2)
      expect(client.load).toHaveBeenLastCalledWith(expect.objectContaining({ inputSidePx: 353 }))
    })
  })

  it('says how many others are in view, and follows whom it is told to', async () => {
    const loop = build()
    client.estimate.mockResolvedValueOnce({ ...seen('posenet_mobilenet_075'), others: 2 })
    await loop.start(source([0]))
    expect(loop.others.value).toBe(2)
    loop.choose('next')
    expect(client.order).toHaveBeenCalledWith({ type: 'follow', choice: 'next' })
  })

  /** PoseNet sees the first two pictures, MoveNet the rest. */
  const handOver = () =>
    client.estimate
      .mockResolvedValueOnce(seen('posenet_mobilenet_075'))
      .mockResolvedValueOnce(seen('posenet_mobilenet_075'))
      .mockResolvedValue(seen('movenet_lightning'))
  const heard = (onPose: ReturnType<typeof vi.fn>) =>
    onPose.mock.calls.map(([frame]) => {
      const { tMs, estimator } = frame as { tMs: number; estimator: Estimator }
      return [tMs, estimator === 'movenet_lightning' ? 'M' : 'P']
    })

  it('reads a file again from its start when another estimator takes over', async () => {
    handOver()
    const onPose = vi.fn()
    const loop = build({ onPose, mayReadAgain: () => true })
    await loop.start(source([0, 83, 167]))
    expect(heard(onPose).slice(2)).toEqual([
      [0, 'M'],
      [83, 'M'],
      [167, 'M'],
    ])
    expect(loop.frames.value).toBe(3)
    expect(loop.hasChanged.value).toBe(true)
    expect(loop.status.value).toBe('ended')
  })

  it.each([
    ['a file whose beginning is on its way', 'video', false],
    ['a camera', 'camera', true],
  ] as const)('goes on where it is with %s', async (_, kind, mayReadAgain) => {
    handOver()
    const onPose = vi.fn()
    const loop = build({ onPose, mayReadAgain: () => mayReadAgain })
    await loop.start(source([0, 83, 167], kind))
    expect(heard(onPose)).toEqual([
      [0, 'P'],
      [83, 'P'],
      [167, 'M'],
    ])
    expect(loop.hasChanged.value).toBe(true)
  })

  it('says whether a set is running, and has the worker begin afresh with each source', async () => {
    const loop = build({ inSet: () => true })
    await loop.start(source([0]))
    expect(client.estimate).toHaveBeenCalledWith(expect.objectContaining({ tMs: 0, inSet: true }))
    await loop.start(source([0]))
    const fresh = client.order.mock.calls.filter(([order]) => (order as { type: string }).type === 'afresh')
    expect(fresh).toHaveLength(2)
    expect(loop.hasChanged.value).toBe(false)
  })

  it('tells of a model out of reach, and mends it at the next start with the same worker', async () => {
    client.load.mockRejectedValueOnce(new PoseError('model_unreachable', 'no connection'))
    const loop = build()
    await loop.start(source([0]))
    expect(loop.status.value).toBe('failed')
    expect(loop.error.value?.code).toBe('model_unreachable')
    await loop.start(source([0]))
    expect(loop.status.value).toBe('ended')
    expect(loop.error.value).toBeNull()
    expect(createClient).toHaveBeenCalledTimes(1)
  })

  describe.each(['worker_crashed', 'detector_failed'] as const)('%s', (code) => {
    const crash = () => client.estimate.mockRejectedValueOnce(new PoseError(code, 'stopped'))
    /** A file that can be read on from any picture of it. */
    const file = (times: number[]): FrameSource => ({
      kind: 'video',
      run: (consume, options) =>
        source(times.filter((tMs) => tMs >= (options.fromMs ?? 0))).run(consume, options),
    })
    const build2 = () => {
      const onPose = vi.fn<(frame: { tMs: number }) => void>()
      return { loop: build({ onPose }), seen: () => onPose.mock.calls.map(([{ tMs }]) => tMs) }
    }

    it('is mended once by a new worker, which goes on where the old one was', async () => {
      const { loop, seen: times } = build2()
      client.estimate.mockResolvedValueOnce(seen('posenet_mobilenet_075'))
      crash()
      await loop.start(file([0, 83, 167]))
      expect(times()).toEqual([0, 83, 167])
      expect(createClient).toHaveBeenCalledTimes(2)
      expect(client.terminate).toHaveBeenCalledOnce()
      expect(loop.hasRestarted.value).toBe(true)
      expect(loop.surface.value).toBe(1)
      expect(loop.status.value).toBe('ended')
    })

    it('is told when it comes again, and the next start tries anew', async () => {
      const { loop } = build2()
      crash()
      crash()
      await loop.start(file([0, 83]))
      expect(loop.status.value).toBe('failed')
      expect(loop.error.value?.code).toBe(code)
      await loop.start(file([0]))
      expect(loop.status.value).toBe('ended')
      expect(loop.hasRestarted.value).toBe(false)
    })
  })

  it('hands on how well the camera sees', async () => {
    const loop = build()
    await loop.start({
      kind: 'camera',
      run: async (_consume, { onConditions }) => onConditions?.({ fps: 15, luma: 0.4 }),
    })
    expect(loop.conditions.value).toEqual({ fps: 15, luma: 0.4 })
  })

  it('tells why a source failed', async () => {
    const loop = build()
    await loop.start(
      source([0], 'camera', async () => {
        throw new PoseError('camera_ended', 'unplugged')
      }),
    )
    expect(loop.status.value).toBe('failed')
    expect(loop.error.value).toMatchObject({ code: 'camera_ended', message: 'unplugged' })
  })

  it('stops, and stays warm', async () => {
    const onPose = vi.fn()
    const loop = build({ onPose })
    client.estimate.mockImplementation(async () => {
      loop.stop()
      return seen('posenet_mobilenet_075')
    })
    await loop.start(source([0, 1, 2]))
    expect(loop.status.value).toBe('ready')
    expect(onPose).not.toHaveBeenCalled()
    expect(client.terminate).not.toHaveBeenCalled()
  })

  it('pauses the camera while nobody sees the page', async () => {
    const loop = build()
    const dropped = image()
    const camera: FrameSource = {
      kind: 'camera',
      async run(consume) {
        await consume(picture(0))
        setVisibility('hidden')
        await nextTick()
        expect(loop.status.value).toBe('paused')
        await consume({ ...picture(1), image: dropped })
        setVisibility('visible')
        await nextTick()
        expect(loop.status.value).toBe('running')
        await consume(picture(2))
      },
    }
    await loop.start(camera)
    expect(client.estimate).toHaveBeenCalledTimes(2)
    expect(dropped.close).toHaveBeenCalledOnce()
    expect(loop.status.value).toBe('ended')
  })

  it('reads a file on in the background', async () => {
    const loop = build()
    setVisibility('hidden')
    await loop.start(source([0, 1]))
    expect(loop.frames.value).toBe(2)
  })

  it('hands its canvas to the worker once', async () => {
    const offscreen = {}
    const transferControlToOffscreen = vi.fn(() => offscreen)
    const canvas = { value: { transferControlToOffscreen } } as unknown as UsePoseLoopOptions['canvas']
    const loop = build({ canvas })
    await loop.start(source([0]))
    await loop.start(source([0]))
    expect(transferControlToOffscreen).toHaveBeenCalledOnce()
    expect(client.order).toHaveBeenCalledWith({ type: 'surface', canvas: offscreen }, [offscreen])
  })

  it('ends its worker with its component', async () => {
    const loop = build()
    await loop.load()
    scope.stop()
    expect(client.terminate).toHaveBeenCalledOnce()
    expect(loop.status.value).toBe('idle')
  })
})
