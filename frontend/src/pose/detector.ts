/**
 * What finds keypoints in a square picture, and PoseNet, the first of its kind here.
 *
 * Knows nothing of where pictures come from; the backend is the one that is active in TensorFlow.js.
 */
import { createDetector, SupportedModels, type PoseDetector } from '@tensorflow-models/pose-detection'
import type * as tf from '@tensorflow/tfjs-core'
import { PoseError } from './errors'
import { emptyPose, type Pose } from './frame'
import { INPUT_SIDES_PX, type InputSidePx } from './settings'
import { C, type Estimator } from './skeleton'

/** A square of the detector's own side. A tensor has shape (side, side, 3), int32 in [0, 255]. */
export type Square = OffscreenCanvas | ImageData | tf.Tensor3D

export interface Detector {
  readonly estimator: Estimator
  /** Side of the square that it sees, in px. */
  readonly sidePx: number
  /**
   * The keypoints of the one person that is seen best, shape (17, 3), in [0, 1] of the square; x and y may lie beyond.
   *
   * There is always an answer: where nobody is, scores are low. Rejects with PoseError 'detector_failed' when
   * the backend gives numbers that are none.
   */
  estimate(square: Square): Promise<Pose>
  /** Frees the network's weights. */
  dispose(): void
}

export interface DetectorOptions {
  /** Address of model.json, or a handler that loads it. */
  model: string | tf.io.IOHandler
  inputSidePx?: InputSidePx
}

export class PoseNet implements Detector {
  readonly estimator = 'posenet_mobilenet_075'

  private constructor(
    private readonly network: PoseDetector,
    readonly sidePx: InputSidePx,
  ) {}

  /** Rejects with a PoseError when an option is not legal or the model does not load. */
  static async load({ model, inputSidePx = 257 }: DetectorOptions): Promise<PoseNet> {
    if (!INPUT_SIDES_PX.includes(inputSidePx)) {
      throw new PoseError(
        'detector_failed',
        `inputSidePx: expected one of ${INPUT_SIDES_PX.join(', ')}, got ${String(inputSidePx)}`,
      )
    }
    const network = await createDetector(SupportedModels.PoseNet, {
      architecture: 'MobileNetV1',
      multiplier: 0.75,
      outputStride: 16,
      inputResolution: { width: inputSidePx, height: inputSidePx },
      // Declared as an address only, but handed on to loadGraphModel, which takes handlers too.
      modelUrl: model as string,
    })
    return new PoseNet(network, inputSidePx)
  }

  async estimate(square: Square): Promise<Pose> {
    const [found] = await this.network.estimatePoses(square as ImageData, {
      maxPoses: 1,
      flipHorizontal: false,
    })
    const pose = emptyPose()
    found?.keypoints.forEach(({ x, y, score = 0 }, k) => {
      pose.set([x / this.sidePx, y / this.sidePx, score], k * C)
    })
    return numbersOf(pose)
  }

  dispose(): void {
    this.network.dispose()
  }
}

/** The pose itself; throws PoseError 'detector_failed' when some of it is no number. */
export function numbersOf(pose: Pose): Pose {
  if (pose.every(Number.isFinite)) return pose
  throw new PoseError('detector_failed', 'The network gave numbers that are none.')
}
