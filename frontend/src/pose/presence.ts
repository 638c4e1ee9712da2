/**
 * "Is a person in view": a small CNN with a probability at its end, on the logits of kinds of a pretrained graph.
 *
 * models/presence_training.py teaches the head; presence.test.ts holds the two sides together.
 * Knows nothing of time: when to look is decided in gate.ts.
 */
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { PoseError } from './errors'
import { EMBEDDING_SIZE } from './presenceFacts'
import { drawView, wholeView, type View } from './view'

/** Sides of the square that is looked at: what has changed in an empty room, a whole room, a single picture with people far away. */
export const PART_PX = 160
export const WHOLE_PX = 256
export const CLOSE_PX = 512
export type LookSide = typeof PART_PX | typeof WHOLE_PX | typeof CLOSE_PX

export interface HeadFile {
  version: string
  /** shape and values, in row-major order, of kernel (3, 3, 80, C), bias (C), dense (2 C + 1), offset (). */
  weights: Record<'kernel' | 'bias' | 'dense' | 'offset', { shape: number[]; values: number[] }>
  /** For each side: factor and addend that make its logits honest. */
  scales: Record<`${LookSide}`, [factor: number, addend: number]>
}

export interface Look {
  /** That a person is in view, in [0, 1]. */
  probability: number
  /** What a room's own head learns from, length EMBEDDING_SIZE, and the logit of `probability` behind it. */
  embedding: Float32Array
  logit: number
}

interface Names {
  picture: string
  sizes: [string, string, string]
  logits: string
}

export class PresenceNet {
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly context: OffscreenCanvasRenderingContext2D

  private constructor(
    private readonly network: GraphModel<string | tf.io.IOHandler>,
    private readonly names: Names,
    private readonly head: PresenceHead,
    onProcessor: boolean,
  ) {
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: onProcessor })
    if (!context) throw new Error('This browser gives workers no 2d canvas.')
    this.context = context
  }

  /** Rejects when a file does not load or does not fit. */
  static async load(
    model: string | tf.io.IOHandler,
    head: HeadFile,
    { onProcessor = true } = {},
  ): Promise<PresenceNet> {
    const network = await loadGraphModel(model)
    const names = (network.metadata ?? {}) as Partial<Names>
    if (!names.picture || !names.logits || names.sizes?.length !== 3) {
      throw new PoseError('detector_failed', 'The presence model does not say which of its nodes are meant.')
    }
    return new PresenceNet(network, names as Names, new PresenceHead(head), onProcessor)
  }

  /** Looks at the whole picture, or at a part of it. */
  async look(image: ImageBitmap, sidePx: LookSide, part?: View): Promise<Look> {
    if (this.canvas.width !== sidePx) this.canvas.width = this.canvas.height = sidePx
    this.context.imageSmoothingQuality = 'high'
    const view = part ?? wholeView({ widthPx: image.width, heightPx: image.height })
    drawView(this.context, sidePx, image, view)
    // Declared without OffscreenCanvas, which it takes too.
    return this.lookAt(tf.tidy(() => tf.browser.fromPixels(this.canvas as unknown as ImageData)))
  }

  /** Looks at a square, shape (S, S, 3), in [0, 255], S a multiple of 32; takes the tensor over. */
  async lookAt(square: tf.Tensor3D): Promise<Look> {
    const numbers = tf.tidy(() => {
      const side = square.shape[0]
      const sizes = this.names.sizes.map((name, i) => [name, sizeOf(side >> (4 - i))] as const)
      const picture = tf.expandDims(tf.cast(square, 'float32'))
      const inputs = { [this.names.picture]: picture, ...Object.fromEntries(sizes) }
      return this.head.read(this.network.execute(inputs, this.names.logits) as tf.Tensor4D)
    })
    const [factor, addend] = this.head.scaleOf(square.shape[0])
    square.dispose()
    try {
      return lookOf((await numbers.data()) as Float32Array, factor, addend)
    } finally {
      numbers.dispose()
    }
  }

  dispose(): void {
    this.network.dispose()
    this.head.dispose()
  }
}

const sizeOf = (side: number) => tf.tensor1d([side, side], 'int32')

function lookOf(numbers: Float32Array, factor: number, addend: number): Look {
  const logit = factor * numbers[EMBEDDING_SIZE] + addend
  return { probability: sigmoid(logit), embedding: numbers.slice(0, EMBEDDING_SIZE), logit }
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** The CNN: a convolution over the logits of kinds, its strongest and mean answers, a dense layer. */
export class PresenceHead {
  private readonly kernel: tf.Tensor4D
  private readonly bias: tf.Tensor1D
  private readonly dense: tf.Tensor2D
  private readonly offset: number
  private readonly scales: HeadFile['scales']

  /** Throws a PoseError when the file's shapes do not fit one another. */
  constructor({ weights: { kernel, bias, dense, offset }, scales }: HeadFile) {
    const filters = bias.shape[0]
    const fits = String(kernel.shape) === `3,3,80,${filters}` && dense.shape[0] === 2 * filters + 1
    if (!fits) throw new PoseError('detector_failed', 'The presence head has shapes that do not fit.')
    this.kernel = tf.tensor4d(kernel.values, kernel.shape as [number, number, number, number])
    this.bias = tf.tensor1d(bias.values)
    this.dense = tf.tensor2d(dense.values, [dense.shape[0], 1])
    this.offset = offset.values[0]
    this.scales = scales
  }

  /** Of a square of this side: what its logit is multiplied with, and what is added. */
  scaleOf(sidePx: number): [factor: number, addend: number] {
    return (this.scales as Readonly<Record<string, [number, number]>>)[sidePx] ?? [1, 0]
  }

  /** Logits of kinds, (1, H, W, 80), to the embedding with the presence logit behind it, length EMBEDDING_SIZE + 1. */
  read(logits: tf.Tensor4D): tf.Tensor1D {
    return tf.tidy(() => {
      const map = tf.maxPool(logits, 2, 2, 'valid')
      const answers = tf.relu(tf.add(tf.conv2d(map, this.kernel, 2, 'same'), this.bias)) as tf.Tensor4D
      const strongest = tf.max(map, [0, 1, 2])
      const person = tf.slice(strongest, 0, 1)
      const pooled = tf.concat([tf.max(answers, [0, 1, 2]), tf.mean(answers, [0, 1, 2]), person])
      const logit = tf.add(tf.reshape(tf.matMul(tf.expandDims(pooled), this.dense), [1]), this.offset)
      return tf.concat([strongest, tf.mean(map, [0, 1, 2]), logit]) as tf.Tensor1D
    })
  }

  dispose(): void {
    tf.dispose([this.kernel, this.bias, this.dense])
  }
}
