/**
 * What finds keypoints in a square picture, and PoseNet, the first of its kind here.
 *
 * Knows nothing of where pictures come from; the backend is the one that is active in TensorFlow.js.
 */
import {
  createDetector,
  SupportedModels,
  type Pose as Found,
  type PoseDetector,
} from '@tensorflow-models/pose-detection'
import type { GraphModel } from '@tensorflow/tfjs-converter'
import type * as tf from '@tensorflow/tfjs-core'
import { DEFAULT_SETTINGS, OUTPUT_STRIDES, type OutputStride, type WorkerSettings } from './detectorSettings'
import { PoseError } from './errors'
import { emptyPose, type Pose } from './frame'
import { INPUT_SIDES_PX, type InputSidePx } from './settings'
import { C, type Estimator } from './skeleton'
import { withStride } from './stride'

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
  /**
   * Everybody who is seen, in no order, for one inference; not every detector can. Coordinates as with `estimate`,
   * which is the more exact of the two where one person is alone.
   */
  estimateAll?(square: Square): Promise<Pose[]>
  /** Frees the network's weights. */
  dispose(): void
}

/** How people are told apart; see detectorSettings.ts. */
export type PeopleOptions = Pick<WorkerSettings, 'maxPeople' | 'scoreThreshold' | 'nmsRadiusPx'>

export interface DetectorOptions {
  /** Loads model.json and its weights. */
  model: tf.io.IOHandler
  inputSidePx?: InputSidePx
  outputStride?: OutputStride
  people?: PeopleOptions
}

export class PoseNet implements Detector {
  readonly estimator = 'posenet_mobilenet_075'

  private constructor(
    private readonly network: PoseDetector,
    readonly sidePx: InputSidePx,
    private readonly people: PeopleOptions,
  ) {}

  /** Rejects with a PoseError when an option is not legal or the model does not load. */
  static async load({
    model,
    inputSidePx = DEFAULT_SETTINGS.inputSidePx,
    outputStride = DEFAULT_SETTINGS.outputStride,
    people = DEFAULT_SETTINGS,
  }: DetectorOptions): Promise<PoseNet> {
    demand('inputSidePx', INPUT_SIDES_PX, inputSidePx)
    demand('outputStride', OUTPUT_STRIDES, outputStride)
    const network = await createDetector(SupportedModels.PoseNet, {
      architecture: 'MobileNetV1',
      multiplier: 0.75,
      outputStride,
      inputResolution: { width: inputSidePx, height: inputSidePx },
      // Declared as an address only, but handed on to loadGraphModel, which takes handlers too.
      modelUrl: withStride(model, outputStride) as unknown as string,
    })
    return new PoseNet(network, inputSidePx, people)
  }

  /** The graph itself, for those who go on from its features; the library keeps it to itself. */
  get graph(): GraphModel {
    return (this.network as unknown as { posenetModel: GraphModel }).posenetModel
  }

  async estimate(square: Square): Promise<Pose> {
    const found = await this.network.estimatePoses(square as ImageData, {
      maxPoses: 1,
      flipHorizontal: false,
    })
    return found[0] ? this.inSquare(found[0]) : emptyPose()
  }

  async estimateAll(square: Square): Promise<Pose[]> {
    const { maxPeople, scoreThreshold, nmsRadiusPx } = this.people
    const found = await this.network.estimatePoses(square as ImageData, {
      // One alone would be looked for in another way.
      maxPoses: Math.max(2, maxPeople),
      flipHorizontal: false,
      scoreThreshold,
      nmsRadius: nmsRadiusPx,
    })
    return found.map((person) => this.inSquare(person))
  }

  dispose(): void {
    this.network.dispose()
  }

  private inSquare({ keypoints }: Found): Pose {
    const pose = emptyPose()
    keypoints.forEach(({ x, y, score = 0 }, k) => {
      pose.set([x / this.sidePx, y / this.sidePx, score], k * C)
    })
    return numbersOf(pose)
  }
}

function demand<T>(name: string, legal: readonly T[], given: T): void {
  if (legal.includes(given)) return
  throw new PoseError('detector_failed', `${name}: expected one of ${legal.join(', ')}, got ${String(given)}`)
}

/** The pose itself; throws PoseError 'detector_failed' when some of it is no number. */
export function numbersOf(pose: Pose): Pose {
  if (pose.every(Number.isFinite)) return pose
  throw new PoseError('detector_failed', 'The network gave numbers that are none.')
}
