// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Detector } from './detector'
import { modelFiles } from './modelFiles'
import type { InputSidePx } from './settings'

const MODELS = resolve(process.cwd(), 'public/models')
const URL_OF_MODEL = 'https://self.example/models/posenet/model.json'

/** Serves public/models as our own origin would. */
const serve = (url: string | URL) => {
  const { pathname } = new URL(url)
  return Promise.resolve(new Response(new Uint8Array(readFileSync(MODELS + pathname.replace('/models', '')))))
}

describe('Detector with the real PoseNet', () => {
  beforeAll(async () => {
    setWasmPaths(`${MODELS}/wasm/`)
    await tf.setBackend('wasm')
    await tf.ready()
  })
  beforeEach(() => void vi.stubGlobal('fetch', vi.fn(serve)))
  afterEach(() => void vi.unstubAllGlobals())

  const picture = () => tf.tensor3d(new Uint8Array(96 * 64 * 3).fill(127), [96, 64, 3], 'int32')

  it('answers with 17 keypoints in [0, 1] and keeps no tensor', async () => {
    const before = tf.memory().numTensors
    const detector = await Detector.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 161 })
    const input = picture()
    const loaded = tf.memory().numTensors
    for (let i = 0; i < 3; i++) {
      const pose = await detector.estimate(input)
      expect(pose).toHaveLength(51)
      expect(pose.every((value) => value >= 0 && value <= 1)).toBe(true)
    }
    expect(tf.memory().numTensors).toBe(loaded)
    input.dispose()
    detector.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('gives nobody in an empty picture a low score', async () => {
    const detector = await Detector.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 257 })
    const input = picture()
    const pose = await detector.estimate(input)
    expect(Math.max(...pose.filter((_, i) => i % 3 === 2))).toBeLessThan(0.5)
    input.dispose()
    detector.dispose()
  })

  it('lists the legal sizes when given another', async () => {
    const load = Detector.load({ model: modelFiles(URL_OF_MODEL), inputSidePx: 256 as InputSidePx })
    await expect(load).rejects.toThrow('inputSidePx: expected one of 161, 193, 225, 257')
  })

  it('tells how far the download is, up to the whole', async () => {
    const shares: number[] = []
    const artifacts = await modelFiles(URL_OF_MODEL, (share) => shares.push(share)).load!()
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect((artifacts.weightData as ArrayBuffer).byteLength).toBe(5_032_780)
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
