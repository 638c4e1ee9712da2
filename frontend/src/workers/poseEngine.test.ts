import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPose } from '@/pose/frame'
import type { DetectorChoice } from '@/pose/settings'
import { PoseEngine } from './poseEngine'

/** How sure each network is of what it sees, and which of them can be fetched. */
const scene = vi.hoisted(() => ({ posenet: 0.9, movenet: 0.9, isOnline: true, loads: [] as string[] }))

vi.mock('@tensorflow/tfjs-core', () => ({ removeBackend: () => undefined }))
vi.mock('@/pose/backend', () => ({
  openBackend: () =>
    Promise.resolve({ backend: 'wasm', threads: 1, notice: null, lost: new Promise<void>(() => undefined) }),
}))
vi.mock('@/pose/modelFiles', () => ({ modelFiles: (url: string) => url }))
vi.mock('@/pose/detector', () => ({
  PoseNet: {
    load: ({ model }: { model: string }) => {
      scene.loads.push(model)
      return Promise.resolve({ estimator: 'posenet_mobilenet_075' })
    },
  },
}))
vi.mock('@/pose/moveNet', () => ({
  MoveNet: {
    load: (model: string) => {
      scene.loads.push(model)
      if (!scene.isOnline) return Promise.reject(new Error('no connection'))
      return Promise.resolve({ estimator: 'movenet_lightning' })
    },
  },
}))
vi.mock('@/pose/eye', () => ({
  Eye: class {
    readonly detector: { estimator: string }
    constructor(options: { detector: { estimator: string } }) {
      this.detector = options.detector
    }
    afresh = () => undefined
    dispose = () => undefined
    find = () => {
      const score = this.detector.estimator === 'movenet_lightning' ? scene.movenet : scene.posenet
      return Promise.resolve(emptyPose().map((_, i) => (i % 3 === 2 ? score : 0.5)))
    }
  },
}))

describe('PoseEngine', () => {
  const image = { close: () => undefined } as ImageBitmap
  beforeEach(() => {
    Object.assign(scene, { posenet: 0.9, movenet: 0.9, isOnline: true, loads: [] })
    vi.stubGlobal('createImageBitmap', () => Promise.resolve(image))
    vi.stubGlobal('ImageData', vi.fn())
  })
  afterEach(() => void vi.unstubAllGlobals())

  async function start(detector: DetectorChoice): Promise<PoseEngine> {
    const engine = new PoseEngine(
      {
        backend: 'wasm',
        detector,
        modelUrls: { posenet: 'posenet', movenet: 'movenet' },
        wasmUrl: '',
        inputSidePx: 257,
      },
      () => undefined,
    )
    await engine.load()
    return engine
  }

  /** Who finds the poses of so many seconds at 10 frames/s, each one named once. */
  async function watch(engine: PoseEngine, seconds: number, { inSet = true, fromMs = 0 } = {}) {
    const who = new Set<string>()
    for (let tMs = fromMs; tMs < fromMs + seconds * 1_000; tMs += 100) {
      who.add((await engine.estimate(image, tMs, inSet)).estimator)
    }
    return [...who]
  }

  it('stays with PoseNet, and fetches nothing else, while the athlete is seen well', async () => {
    expect(await watch(await start('auto'), 10)).toEqual(['posenet_mobilenet_075'])
    expect(scene.loads).toEqual(['posenet'])
  })

  it('gives way to MoveNet where PoseNet fails, and stays with it', async () => {
    scene.posenet = 0.3
    const engine = await start('auto')
    expect(await watch(engine, 3)).toEqual(['posenet_mobilenet_075', 'movenet_lightning'])
    scene.posenet = 0.9
    expect(await watch(engine, 3, { fromMs: 3_000 })).toEqual(['movenet_lightning'])
  })

  it('stays with PoseNet where MoveNet sees no more, fetching it once', async () => {
    Object.assign(scene, { posenet: 0.3, movenet: 0.3 })
    expect(await watch(await start('auto'), 10)).toEqual(['posenet_mobilenet_075'])
    expect(scene.loads).toEqual(['posenet', 'movenet'])
  })

  it('goes on with PoseNet when MoveNet cannot be fetched, and asks again with the next source', async () => {
    Object.assign(scene, { posenet: 0.3, isOnline: false })
    const engine = await start('auto')
    expect(await watch(engine, 10)).toEqual(['posenet_mobilenet_075'])
    expect(scene.loads).toEqual(['posenet', 'movenet'])
    scene.isOnline = true
    engine.afresh()
    expect(await watch(engine, 3)).toContain('movenet_lightning')
  })

  it('does not care outside a set', async () => {
    scene.posenet = 0.3
    expect(await watch(await start('auto'), 5, { inSet: false })).toEqual(['posenet_mobilenet_075'])
  })

  it.each([
    ['posenet', 'posenet_mobilenet_075'],
    ['movenet', 'movenet_lightning'],
  ] as const)('keeps to %s when told to', async (detector, estimator) => {
    Object.assign(scene, { posenet: 0.3, movenet: 0.3 })
    expect(await watch(await start(detector), 5)).toEqual([estimator])
    expect(scene.loads).toEqual([detector])
  })
})
