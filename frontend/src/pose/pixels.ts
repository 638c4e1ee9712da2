/** The colours of a square as networks read them. */
import * as tf from '@tensorflow/tfjs-core'
import type { Square } from './detector'

/** What becomes of levels 0 to 255. */
const AS_THEY_ARE = Int32Array.from({ length: 256 }, (_, level) => level)
const SIGNED = Float32Array.from({ length: 256 }, (_, level) => Math.fround(level / 127.5) - 1)

/** Red, green and blue in [-1, 1], shape (side, side, 3), float32. */
export function signedColours(square: Square): tf.Tensor3D {
  const read = onProcessor(square)
  if (!read) return tf.sub(tf.div(tf.cast(levels(square), 'float32'), 127.5), 1)
  const values = new Float32Array(3 * read.width * read.height)
  return tf.tensor3d(rgb(read.data, values, SIGNED), [read.height, read.width, 3])
}

/** Red, green and blue in [0, 255], shape (side, side, 3), int32. */
export function levels(square: Square): tf.Tensor3D {
  if (square instanceof tf.Tensor) return square
  const read = onProcessor(square)
  // Declared without OffscreenCanvas, which it takes too.
  if (!read) return tf.browser.fromPixels(square as ImageData)
  const values = new Int32Array(3 * read.width * read.height)
  return tf.tensor3d(rgb(read.data, values, AS_THEY_ARE), [read.height, read.width, 3], 'int32')
}

/** The pixels where the processor computes; TensorFlow.js's own loop over them takes several times as long. */
function onProcessor(square: Square): ImageData | null {
  if (tf.getBackend() !== 'wasm' || square instanceof tf.Tensor) return null
  if (!('getContext' in square)) return square
  return square.getContext('2d')?.getImageData(0, 0, square.width, square.height) ?? null
}

/** Without the alpha of every pixel. */
function rgb<T extends Float32Array | Int32Array>(data: Uint8ClampedArray, into: T, valueOf: T): T {
  for (let from = 0, to = 0; to < into.length; from += 4, to += 3) {
    into[to] = valueOf[data[from]]
    into[to + 1] = valueOf[data[from + 1]]
    into[to + 2] = valueOf[data[from + 2]]
  }
  return into
}
