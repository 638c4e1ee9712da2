// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PoseDetector } from '@tensorflow-models/pose-detection'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { PoseNet } from './detector'
import type { OutputStride } from './detectorSettings'
import { modelFiles } from './modelFiles'
import { MoveNet } from './moveNet'
import type { InputSidePx } from './settings'
import { withStride } from './stride'

const MODELS = resolve(process.cwd(), 'public/models')
const URL_OF_MODEL = 'https://self.example/models/posenet/model.json'
const URL_OF_MOVENET = 'https://self.example/models/movenet/model.json'
const URL_OF_THUNDER = 'https://self.example/models/thunder/model.json'

/** Serves public/models as our own origin would. */
const serve = (url: string | URL) => {
  const { pathname } = new URL(url)
  return Promise.resolve(new Response(new Uint8Array(readFileSync(MODELS + pathname.replace('/models', '')))))
}

describe('detectors with their real networks', () => {
  beforeAll(async () => {
    setWasmPaths(`${MODELS}/wasm/`)
    await tf.setBackend('wasm')
    await tf.ready()
  })
  beforeEach(() => void vi.stubGlobal('fetch', vi.fn(serve)))
  afterEach(() => void vi.unstubAllGlobals())

  const grey = (side: number) => tf.fill<tf.Rank.R3>([side, side, 3], 127, 'int32')

  // Thunder takes seconds on a busy processor.
  describe.each([
    ['PoseNet', () => PoseNet.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 161 }), 161],
    [
      'PoseNet at stride 8',
      () => PoseNet.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 161, outputStride: 8 }),
      161,
    ],
    ['MoveNet', () => MoveNet.load(modelFiles(URL_OF_MOVENET)), 192],
    ['MoveNet Thunder', () => MoveNet.load(modelFiles(URL_OF_THUNDER), 'movenet_thunder'), 256],
  ] as const)('%s', (_, load, sidePx) => {
    it('answers with 17 keypoints, keeps no tensor, and is not sure of an empty picture', async () => {
      const before = tf.memory().numTensors
      const detector = await load()
      expect(detector.sidePx).toBe(sidePx)
      const input = grey(sidePx)
      const loaded = tf.memory().numTensors
      for (let i = 0; i < 3; i++) {
        const pose = await detector.estimate(input)
        expect(pose).toHaveLength(51)
        expect(pose.every((value) => value > -1 && value < 2)).toBe(true)
        expect(Math.max(...pose.filter((__, at) => at % 3 === 2))).toBeLessThan(0.5)
      }
      expect(tf.memory().numTensors).toBe(loaded)
      input.dispose()
      detector.dispose()
      expect(tf.memory().numTensors).toBe(before)
    }, 30_000)
  })

  it('lays a finer grid over the picture at stride 8', async () => {
    const cells: number[] = []
    for (const outputStride of [16, 8] as const) {
      const model = withStride(modelFiles(URL_OF_MODEL), outputStride)
      const network = await loadGraphModel(model)
      const input = tf.zeros([1, 161, 161, 3])
      const maps = network.predict(input) as tf.Tensor[]
      cells.push(maps[0].shape[1]!)
      tf.dispose([input, ...maps])
      network.dispose()
    }
    expect(cells).toEqual([11, 21])
  })

  it('asks the network for as many people as the settings say, and for as sure ones', async () => {
    const people = { maxPeople: 3, scoreThreshold: 0.35, nmsRadiusPx: 40 }
    const detector = await PoseNet.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 161, people })
    const { network } = detector as unknown as { network: PoseDetector }
    const asked = vi.spyOn(network, 'estimatePoses')
    const input = grey(161)
    const before = tf.memory().numTensors
    expect(await detector.estimateAll(input)).toEqual([])
    expect(tf.memory().numTensors).toBe(before)
    expect(asked).toHaveBeenCalledWith(
      input,
      expect.objectContaining({ maxPoses: 3, scoreThreshold: 0.35, nmsRadius: 40, flipHorizontal: false }),
    )
    input.dispose()
    detector.dispose()
  })

  it('lists the legal strides when given another', async () => {
    const load = PoseNet.load({ model: modelFiles(URL_OF_MODEL), outputStride: 32 as OutputStride })
    await expect(load).rejects.toThrow('outputStride: expected one of 8, 16, got 32')
  })

  it('lists the legal sizes when given another', async () => {
    const load = PoseNet.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 256 as InputSidePx })
    await expect(load).rejects.toThrow('inputSidePx: expected one of 161, 193, 225, 257')
  })

  it('tells how far the download is, up to the whole', async () => {
    const shares: number[] = []
    const artifacts = await modelFiles(URL_OF_MODEL, (share) => shares.push(share)).load!()
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect((artifacts.weightData as ArrayBuffer).byteLength).toBe(5_032_780)
  })

  it('knows the whole of weights that are stored as half floats', async () => {
    const artifacts = await modelFiles(URL_OF_MOVENET).load!()
    expect((artifacts.weightData as ArrayBuffer).byteLength).toBe(4_650_216)
  })

  it.each([
    ['the server answered 404', () => Promise.resolve(new Response('', { status: 404 }))],
    ['no connection', () => Promise.reject(new TypeError('offline'))],
  ])('says that the model is out of reach: %s', async (reason, answer) => {
    vi.stubGlobal('fetch', vi.fn(answer))
    await expect(modelFiles(URL_OF_MODEL).load!()).rejects.toMatchObject({
      code: 'model_unreachable',
      message: expect.stringContaining(reason) as string,
    })
  })

  it('notices weights that were cut off', async () => {
    vi.stubGlobal('fetch', async (url: string) =>
      url.endsWith('.bin') ? new Response(new Uint8Array(10)) : serve(url),
    )
    await expect(modelFiles(URL_OF_MODEL).load!()).rejects.toThrow('incomplete: 10 of 5032780 bytes')
  })
})
