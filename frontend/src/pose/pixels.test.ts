import { resolve } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { levels, signedColours } from './pixels'

const SIDE = 5
const data = Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, i) => (i * 37) % 256)
class FakeImageData {
  readonly data = data
  readonly width = SIDE
  readonly height = SIDE
}
const picture = new FakeImageData() as unknown as ImageData
const colours = Array.from(data).filter((_, i) => i % 4 !== 3)

/** As a worker's canvas gives them. */
const canvas = {
  width: SIDE,
  height: SIDE,
  getContext: () => ({ getImageData: () => picture }),
} as unknown as OffscreenCanvas

describe.each([
  ['wasm', [canvas, picture]],
  // TensorFlow.js itself reads for the others, and asks for real canvases.
  ['cpu', [picture]],
])('on %s', (backend, squares) => {
  beforeAll(async () => {
    setWasmPaths(`${resolve(process.cwd(), 'public/models')}/wasm/`)
    await tf.setBackend(backend)
    await tf.ready()
  })
  beforeEach(() => void vi.stubGlobal('ImageData', FakeImageData))
  afterEach(() => void vi.unstubAllGlobals())

  it('reads colours without alpha, as they are and in [-1, 1]', async () => {
    const right = tf.sub(tf.div(tf.tensor1d(colours), 127.5), 1)
    for (const square of squares) {
      const [whole, signed] = [levels(square), signedColours(square)]
      expect([whole.shape, whole.dtype]).toEqual([[SIDE, SIDE, 3], 'int32'])
      expect([signed.shape, signed.dtype]).toEqual([[SIDE, SIDE, 3], 'float32'])
      expect(Array.from(await whole.data())).toEqual(colours)
      expect(Array.from(await signed.data())).toEqual(Array.from(await right.data()))
      tf.dispose([whole, signed])
    }
    right.dispose()
  })

  it('takes a tensor as it is', async () => {
    const square = tf.tensor3d(colours, [SIDE, SIDE, 3], 'int32')
    expect(levels(square)).toBe(square)
    const signed = signedColours(square)
    expect((await signed.data())[0]).toBeCloseTo(colours[0] / 127.5 - 1, 6)
    tf.dispose([square, signed])
  })
})
