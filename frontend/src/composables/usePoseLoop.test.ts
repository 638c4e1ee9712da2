import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref, type Ref } from 'vue'
import { DEFAULT_SETTINGS, type DetectorSettings } from '@/pose/detectorSettings'
import { PoseError } from '@/pose/errors'
import type { LoadRequest } from '@/workers/messages'
import { poseLoopRig, seen, source } from './poseLoopFakes'
import type { UsePoseLoopOptions } from './usePoseLoop'

describe('usePoseLoop', () => {
  const { client, createClient, events, leave, build } = poseLoopRig()

  it('shows how far loading and warming up are', async () => {
    const seen: [string, number][] = []
    const loop = build()
    client.load.mockImplementation(async () => {
      events().onProgress('download', 0.5)
      seen.push([loop.status.value, loop.progress.value])
      events().onProgress('compile', 0.5)
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
    leave()
    expect(client.terminate).toHaveBeenCalledOnce()
    expect(loop.status.value).toBe('idle')
  })
})
