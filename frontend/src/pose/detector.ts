/**
 * PoseNet: a picture in, one person's keypoints out.
 *
 * Knows nothing of where pictures come from; the backend is the one that is active in TensorFlow.js.
 */
import { createDetector, SupportedModels, type PoseDetector } from '@tensorflow-models/pose-detection'
import type * as tf from '@tensorflow/tfjs-core'
import { PoseError } from './errors'
import type { Pose } from './frame'
import { INPUT_SIDES_PX, type InputSidePx } from './settings'
import { C, K } from './skeleton'

export interface DetectorOptions {
  /** Address of model.json, or a handler that loads it. */
  model: string | tf.io.IOHandler
  inputSidePx?: InputSidePx
}

/** What a detector can look at. A tensor has shape (height, width, 3), int32 in [0, 255]. */
export type DetectorInput = OffscreenCanvas | ImageBitmap | ImageData | tf.Tensor3D

export class Detector {
  private constructor(private readonly network: PoseDetector) {}

  /** Rejects with a PoseError when an option is not legal or the model does not load. */
  static async load({ model, inputSidePx = 257 }: DetectorOptions): Promise<Detector> {
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
    return new Detector(network)
  }

  /**
   * The keypoints of the one person that PoseNet sees best, shape (17, 3).
   *
   * PoseNet always answers: where nobody is, its scores are low. Rejects with PoseError 'detector_failed' when
   * the backend gives numbers that are none.
   */
  async estimate(picture: DetectorInput): Promise<Pose> {
    const [widthPx, heightPx] = sizeOf(picture)
    const [found] = await this.network.estimatePoses(picture as ImageData, {
      maxPoses: 1,
      flipHorizontal: false,
    })
    const pose = new Float32Array(K * C)
    found?.keypoints.forEach(({ x, y, score = 0 }, k) => {
      pose[k * C] = toUnit(x / widthPx)
      pose[k * C + 1] = toUnit(y / heightPx)
      pose[k * C + 2] = toUnit(score)
    })
    if (!pose.every(Number.isFinite)) {
      throw new PoseError('detector_failed', 'The network gave numbers that are none.')
    }
    return pose
  }

  /** Frees the network's weights. */
  dispose(): void {
    this.network.dispose()
  }
}

function sizeOf(picture: DetectorInput): [widthPx: number, heightPx: number] {
  return 'shape' in picture ? [picture.shape[1], picture.shape[0]] : [picture.width, picture.height]
}

/** Clamped to [0, 1]; NaN stays NaN. */
function toUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}
