/**
 * MoveNet: Lightning, the second choice where PoseNet fails, and Thunder, larger, slower and more exact.
 *
 * Both see bodies in any posture, without being turned.
 */
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { numbersOf, type Detector, type Square } from './detector'
import { emptyPose, type Pose } from './frame'
import { C, K } from './skeleton'

const SIDES_PX = { movenet_lightning: 192, movenet_thunder: 256 } as const
export type MoveNetKind = keyof typeof SIDES_PX

export class MoveNet implements Detector {
  readonly sidePx: number

  private constructor(
    readonly estimator: MoveNetKind,
    private readonly network: GraphModel<tf.io.IOHandler>,
  ) {
    this.sidePx = SIDES_PX[estimator]
  }

  /** `model` holds the weights of that kind. Rejects when it does not load. */
  static async load(model: tf.io.IOHandler, kind: MoveNetKind = 'movenet_lightning'): Promise<MoveNet> {
    return new MoveNet(kind, await loadGraphModel(model))
  }

  async estimate(square: Square): Promise<Pose> {
    const output = tf.tidy(() => {
      // Declared without OffscreenCanvas, which it takes too.
      const pixels = square instanceof tf.Tensor ? square : tf.browser.fromPixels(square as ImageData)
      return this.network.execute(tf.expandDims(tf.cast(pixels, 'int32'))) as tf.Tensor
    })
    try {
      return numbersOf(fromRows(await output.data()))
    } finally {
      output.dispose()
    }
  }

  dispose(): void {
    this.network.dispose()
  }
}

/** The network's rows are y, x, score. */
function fromRows(rows: ArrayLike<number>): Pose {
  const pose = emptyPose()
  for (let i = 0; i < K * C; i += C) pose.set([rows[i + 1], rows[i], rows[i + 2]], i)
  return pose
}
