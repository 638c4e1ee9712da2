import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { PoseError } from '@/pose/errors'
import type { FrameSource } from '@/pose/frameSource'
import type { Estimator } from '@/pose/skeleton'
import { image, picture, poseLoopRig, seen, setVisibility, source } from './poseLoopFakes'

describe('usePoseLoop, reading its sources', () => {
  const { client, createClient, build } = poseLoopRig()

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
})
