// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PoseNet } from './detector'
import { modelFiles } from './modelFiles'
import { isRefinable, refine, RefinedPoseNet, type Maps } from './refiner'

const MODELS = resolve(process.cwd(), 'public/models')
const PARITY = resolve(process.cwd(), '../models/weights/refiner/parity.json')
const filesOf = (name: string) => modelFiles(`https://self.example/models/${name}/model.json`)

/** Serves public/models as our own origin would. */
const serve = (url: string | URL) => {
  const { pathname } = new URL(url)
  return Promise.resolve(new Response(new Uint8Array(readFileSync(MODELS + pathname.replace('/models', '')))))
}

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** A half-precision number's value. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 1023) / 1024
  const size = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15)
  return bits >> 15 ? -size : size
}

/** What PoseNet made of a real picture, and the keypoints that Keras finds in it. */
function realView(): { maps: Maps; pose: number[][] } {
  const facts = JSON.parse(readFileSync(PARITY, 'utf8')) as Record<
    'features' | 'heat' | 'offsets',
    string
  > & {
    shape: [number, number, number]
    pose: number[][]
  }
  const [height, width, channels] = facts.shape
  const halves = new Uint16Array(bytes(facts.features).buffer)
  const floats = (name: 'heat' | 'offsets') => new Float32Array(bytes(facts[name]).buffer)
  return {
    maps: {
      features: tf.tensor4d(Float32Array.from(halves, half), [1, height, width, channels]),
      heat: tf.tensor4d(floats('heat'), [1, height, width, 17]),
      offsets: tf.tensor4d(floats('offsets'), [1, height, width, 34]),
    },
    pose: facts.pose,
  }
}

it('knows nothing of other sizes and strides', () => {
  expect(isRefinable({ inputSidePx: 257, outputStride: 16 })).toBe(true)
  expect(isRefinable({ inputSidePx: 353, outputStride: 16 })).toBe(false)
  expect(isRefinable({ inputSidePx: 257, outputStride: 8 })).toBe(false)
})

describe('the refiner with its real networks', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    setWasmPaths(`${MODELS}/wasm/`)
    await tf.setBackend('wasm')
    await tf.ready()
  })
  beforeEach(() => void vi.stubGlobal('fetch', vi.fn(serve)))
  afterEach(() => void vi.unstubAllGlobals())

  describe('on what PoseNet made of a real picture', () => {
    let network: GraphModel<tf.io.IOHandler>
    let view: ReturnType<typeof realView>
    beforeEach(async () => {
      network = await loadGraphModel(filesOf('refiner'))
      view = realView()
    })
    afterEach(() => {
      tf.dispose({ ...view.maps })
      network.dispose()
    })

    it('finds the keypoints that Keras finds', async () => {
      const found = refine(network, view.maps)
      const rows = (await found.array()).flat()
      found.dispose()
      const away = rows.map((value, i) => Math.abs(value - view.pose.flat()[i]))
      expect(Math.max(...away)).toBeLessThanOrEqual(1e-4)
    })

    it('looks for a person nowhere but where they may be', async () => {
      const onlyHere = Array.from({ length: 17 }, (_, y) =>
        Array.from({ length: 17 }, (__, x) => [x === 12 && y === 13 ? 0 : -1e4]),
      )
      const found = tf.tidy(() => refine(network, view.maps, [onlyHere]))
      for (const [x, y] of await found.array()) {
        // Offsets reach to the neighbouring cells, no farther.
        expect(Math.abs(x - (12 * 16) / 257)).toBeLessThan(0.25)
        expect(Math.abs(y - (13 * 16) / 257)).toBeLessThan(0.25)
      }
      found.dispose()
    })
  })

  it('sends a picture through PoseNet once', async () => {
    const detector = await RefinedPoseNet.load({ model: filesOf('posenet'), refiner: filesOf('refiner') })
    const grey = tf.fill<tf.Rank.R3>([257, 257, 3], 127, 'int32')
    const { graph } = (detector as unknown as { posenet: PoseNet }).posenet
    const runs = vi.spyOn(graph, 'execute')
    await detector.estimate(grey)
    expect(runs).toHaveBeenCalledTimes(1)
    await detector.estimateAll(grey)
    expect(runs).toHaveBeenCalledTimes(2)
    grey.dispose()
    detector.dispose()
  })

  describe('behind PoseNet', () => {
    let detector: RefinedPoseNet
    let grey: tf.Tensor3D
    let before: number
    beforeAll(async () => {
      vi.stubGlobal('fetch', vi.fn(serve))
      before = tf.memory().numTensors
      detector = await RefinedPoseNet.load({ model: filesOf('posenet'), refiner: filesOf('refiner') })
      grey = tf.fill<tf.Rank.R3>([257, 257, 3], 127, 'int32')
    })
    afterAll(() => {
      grey.dispose()
      detector.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    it('is not sure of an empty picture, and keeps no tensor', async () => {
      const loaded = tf.memory().numTensors
      for (let i = 0; i < 2; i++) {
        const pose = await detector.estimate(grey)
        expect(pose).toHaveLength(51)
        expect(Math.max(...pose.filter((__, at) => at % 3 === 2))).toBeLessThan(0.5)
        expect(await detector.estimateAll(grey)).toEqual([])
      }
      expect(tf.memory().numTensors).toBe(loaded)
    })
  })

  it('frees PoseNet when the refiner cannot be fetched', async () => {
    const before = tf.memory().numTensors
    const load = RefinedPoseNet.load({ model: filesOf('posenet'), refiner: filesOf('missing') })
    await expect(load).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(before)
  })
})
