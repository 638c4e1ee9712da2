// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { PoseNet } from './detector'
import { modelFiles } from './modelFiles'
import { MoveNet } from './moveNet'
import type { InputSidePx } from './settings'

const MODELS = resolve(process.cwd(), 'public/models')
const URL_OF_MODEL = 'https://self.example/models/posenet/model.json'
const URL_OF_MOVENET = 'https://self.example/models/movenet/model.json'

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

  describe.each([
    ['PoseNet', () => PoseNet.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 161 }), 161],
    ['MoveNet', () => MoveNet.load(modelFiles(URL_OF_MOVENET)), 192],
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
    })
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
