import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS, workerSettings, type WorkerSettings } from '@/pose/detectorSettings'
import { emptyPose } from '@/pose/frame'
import type { DetectorChoice } from '@/pose/settings'
import { PoseEngine } from './poseEngine'

/** How sure each network is of what it sees, and which of them can be fetched. */
const scene = vi.hoisted(() => ({
  posenet: 0.9,
  movenet: 0.9,
  isOnline: true,
  loads: [] as string[],
  /** With what PoseNet was loaded, and each eye opened. */
  given: [] as object[],
  choices: [] as unknown[],
  isEmpty: false,
}))

vi.mock('@tensorflow/tfjs-core', () => ({ removeBackend: () => undefined }))
vi.mock('@/pose/backend', () => ({
  openBackend: () =>
    Promise.resolve({ backend: 'wasm', threads: 1, notice: null, lost: new Promise<void>(() => undefined) }),
}))
vi.mock('@/pose/modelFiles', () => ({ modelFiles: (url: string) => url }))
vi.mock('@/pose/detector', () => ({
  PoseNet: {
    load: ({ model, ...options }: { model: string }) => {
      scene.loads.push(model)
      scene.given.push(options)
      return Promise.resolve({ estimator: 'posenet_mobilenet_075' })
    },
  },
}))
vi.mock('@/pose/refiner', () => ({
  isRefinable: ({ outputStride }: WorkerSettings) => outputStride === 16,
  RefinedPoseNet: {
    load: ({ model, refiner }: { model: string; refiner: string }) => {
      scene.loads.push(model, refiner)
      return Promise.resolve({ estimator: 'posenet_refined' })
    },
  },
}))
vi.mock('@/pose/moveNet', () => ({
  MoveNet: {
    load: (model: string, estimator: string) => {
      scene.loads.push(model)
      if (!scene.isOnline) return Promise.reject(new Error('no connection'))
      return Promise.resolve({ estimator })
    },
  },
}))
vi.mock('@/pose/roomStore', () => ({ loadRoom: () => Promise.resolve(null) }))
vi.mock('@/pose/presenceWatch', () => ({
  PresenceWatch: class {
    lets = () => Promise.resolve(!scene.isEmpty)
    found = () => undefined
    afresh = () => undefined
    dispose = () => undefined
  },
}))
vi.mock('@/pose/eye', () => ({
  Eye: class {
    readonly detector: { estimator: string }
    readonly others: readonly unknown[] = []
    constructor({ detector, ...options }: { detector: { estimator: string } }) {
      this.detector = detector
      scene.given.push(options)
    }
    follow = (choice: unknown) => void scene.choices.push(choice)
    afresh = () => undefined
    dispose = () => undefined
    find = () => {
      const score = this.detector.estimator.startsWith('movenet') ? scene.movenet : scene.posenet
      return Promise.resolve(emptyPose().map((_, i) => (i % 3 === 2 ? score : 0.5)))
    }
  },
}))

describe('PoseEngine', () => {
  const image = { close: () => undefined } as ImageBitmap
  beforeEach(() => {
    Object.assign(scene, {
      posenet: 0.9,
      movenet: 0.9,
      isOnline: true,
      loads: [],
      given: [],
      choices: [],
      isEmpty: false,
    })
    vi.stubGlobal('createImageBitmap', () => Promise.resolve(image))
    vi.stubGlobal('ImageData', vi.fn())
  })
  afterEach(() => void vi.unstubAllGlobals())

  async function start(
    detector: DetectorChoice,
    settings: Partial<WorkerSettings> = {},
  ): Promise<PoseEngine> {
    const engine = new PoseEngine(
      {
        ...workerSettings(DEFAULT_SETTINGS),
        refine: false,
        ...settings,
        backend: 'wasm',
        detector,
        modelUrls: { posenet: 'posenet', movenet: 'movenet', thunder: 'thunder', refiner: 'refiner' },
        wasmUrl: '',
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

  it('gives PoseNet its chance again with the next source, without fetching anything again', async () => {
    scene.posenet = 0.3
    const engine = await start('auto')
    await watch(engine, 3)
    scene.posenet = 0.9
    engine.afresh()
    expect(await watch(engine, 3)).toEqual(['posenet_mobilenet_075'])
    expect(scene.loads).toEqual(['posenet', 'movenet'])
  })

  it('corrects PoseNet with the refiner where that knows what PoseNet says', async () => {
    expect(await watch(await start('posenet', { refine: true }), 1)).toEqual(['posenet_refined'])
    expect(scene.loads).toEqual(['posenet', 'refiner'])
    const denser = await start('posenet', { refine: true, outputStride: 8 })
    expect(await watch(denser, 1)).toEqual(['posenet_mobilenet_075'])
  })

  it('hands every setting on', async () => {
    const people = { maxPeople: 3, scoreThreshold: 0.35, nmsRadiusPx: 40 }
    await start('posenet', { ...people, inputSidePx: 353, outputStride: 8, several: false })
    const [network, eye] = scene.given
    expect(network).toMatchObject({ inputSidePx: 353, outputStride: 8, people })
    expect(eye).toMatchObject({ several: false, turns: true })
  })

  it('follows whom it is told to', async () => {
    const engine = await start('posenet')
    engine.follow({ x: 0.2, y: 0.5 })
    engine.follow('next')
    expect(scene.choices).toEqual([{ x: 0.2, y: 0.5 }, 'next'])
  })

  it('does not care outside a set', async () => {
    scene.posenet = 0.3
    expect(await watch(await start('auto'), 5, { inSet: false })).toEqual(['posenet_mobilenet_075'])
  })

  it.each([
    ['posenet', 'posenet_mobilenet_075'],
    ['movenet', 'movenet_lightning'],
    ['thunder', 'movenet_thunder'],
  ] as const)('keeps to %s when told to', async (detector, estimator) => {
    Object.assign(scene, { posenet: 0.3, movenet: 0.3 })
    expect(await watch(await start(detector), 5)).toEqual([estimator])
    expect(scene.loads).toEqual([detector])
  })

  it('looks for no pose while nobody is in view, and says that nobody is there', async () => {
    const engine = await start('posenet')
    scene.isEmpty = true
    const { pose, estimator } = await engine.estimate(image, 100, true)
    expect(pose).toEqual(emptyPose())
    expect(estimator).toBe('posenet_mobilenet_075')
    scene.isEmpty = false
    expect((await engine.estimate(image, 200, true)).pose[2]).toBeCloseTo(0.9)
  })
})
