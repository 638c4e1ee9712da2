/**
 * PoseNet with a second, small network on its last features that puts its keypoints right (models/refiner.py).
 *
 * The picture goes through PoseNet once, whoever reads its features then.
 */
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import type { WorkerSettings } from './detectorSettings'
import { numbersOf, PoseNet, type Detector, type PeopleOptions, type Square } from './detector'
import { certainty } from './follower'
import { emptyPose, type Pose } from './frame'
import { boxOf } from './oks'
import { K } from './skeleton'

/** What the refiner was taught on. */
export const REFINED_SIDE_PX = 257
const STRIDE_PX = 16

/** Whether the refiner knows what PoseNet says with these settings. */
export function isRefinable({
  inputSidePx,
  outputStride,
}: Pick<WorkerSettings, 'inputSidePx' | 'outputStride'>): boolean {
  return inputSidePx === REFINED_SIDE_PX && outputStride === STRIDE_PX
}

const FEATURES = 'MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6'
const HEAT = 'MobilenetV1/heatmap_2/BiasAdd'
const OFFSETS = 'MobilenetV1/offset_2/BiasAdd'
/** In the order in which pose-detection reads them. */
const ANSWERS = [
  OFFSETS,
  HEAT,
  'MobilenetV1/displacement_fwd_2/BiasAdd',
  'MobilenetV1/displacement_bwd_2/BiasAdd',
]

/** PoseNet's mean certainty of shoulders to ankles from which on its own places are kept. */
const SURE = 0.7
const FIRST_OF_BODY = 5
/** Logit of a place that is out of the question. */
const NEVER = -1e4
/** Of several people each is looked for in their box, wider by this share on each side. */
const ROOM = 0.25
/** Less certain than this is nobody. */
const SOMEBODY = 0.1

/** What the refiner reads; shapes (1, H, W, channels). */
export interface Maps {
  features: tf.Tensor4D
  heat: tf.Tensor4D
  offsets: tf.Tensor4D
}

export interface RefinedOptions {
  model: tf.io.IOHandler
  refiner: tf.io.IOHandler
  people?: PeopleOptions
}

export class RefinedPoseNet implements Detector {
  readonly estimator = 'posenet_refined'
  readonly sidePx = REFINED_SIDE_PX
  /** Of the picture that PoseNet has just seen. */
  private seen: Maps | null = null

  private constructor(
    private readonly posenet: PoseNet,
    private readonly refiner: GraphModel<tf.io.IOHandler>,
  ) {
    const { graph } = posenet
    graph.predict = (input) => {
      const [features, ...answers] = graph.execute(input as tf.Tensor, [
        FEATURES,
        ...ANSWERS,
      ]) as tf.Tensor4D[]
      this.forget()
      // pose-detection frees what it was given.
      this.seen = { features, offsets: tf.clone(answers[0]), heat: tf.clone(answers[1]) }
      return answers
    }
  }

  /** Rejects with a PoseError when a model does not load. */
  static async load({ model, refiner, people }: RefinedOptions): Promise<RefinedPoseNet> {
    const posenet = await PoseNet.load({
      model,
      people,
      inputSidePx: REFINED_SIDE_PX,
      outputStride: STRIDE_PX,
    })
    try {
      return new RefinedPoseNet(posenet, await loadGraphModel(refiner))
    } catch (error) {
      posenet.dispose()
      throw error
    }
  }

  async estimate(square: Square): Promise<Pose> {
    const found = tf.tidy(() => {
      const [features, heat, offsets] = this.posenet.graph.execute(inputOf(square), [
        FEATURES,
        HEAT,
        OFFSETS,
      ]) as tf.Tensor4D[]
      return refine(this.refiner, { features, heat, offsets })
    })
    return readOut(found)
  }

  async estimateAll(square: Square): Promise<Pose[]> {
    const people = await this.posenet.estimateAll(square)
    const { seen } = this
    if (!seen) return people
    try {
      // One alone may be anywhere; PoseNet is blind to some of those whom the refiner sees.
      const wheres = people.length < 2 ? [undefined] : people.map((pose) => around(pose, seen.heat.shape))
      const found = wheres.map((where) => tf.tidy(() => refine(this.refiner, seen, where)))
      const poses = await Promise.all(found.map(readOut))
      return poses.filter((pose) => certainty(pose) >= SOMEBODY)
    } finally {
      this.forget()
    }
  }

  dispose(): void {
    this.forget()
    this.posenet.dispose()
    this.refiner.dispose()
  }

  private forget(): void {
    if (this.seen) tf.dispose([this.seen.features, this.seen.heat, this.seen.offsets])
    this.seen = null
  }
}

/**
 * Keypoints, shape (17, 3), x and y in [0, 1] of the square, each from its likeliest cell.
 *
 * where: of each cell 0, or NEVER where this person cannot be, shape (1, H, W, 1).
 */
export function refine(
  refiner: GraphModel<tf.io.IOHandler>,
  maps: Maps,
  where?: number[][][][],
): tf.Tensor2D {
  const [location, down, right, score] = tf.split(refiner.execute({ ...maps }) as tf.Tensor4D, 4, 3)
  const [, height, width] = location.shape
  const joints = tf.range(0, K, 1, 'int32')
  /** The likeliest cell of each joint, as row and column, and what a map has there. */
  const pick = (map: tf.Tensor) => {
    const likely = where ? tf.add(map, tf.tensor4d(where)) : map
    const best = tf.argMax(tf.reshape(likely, [height * width, K]), 0) as tf.Tensor1D
    const index = tf.add(tf.mul(best, tf.scalar(K, 'int32')), joints) as tf.Tensor1D
    const row = tf.floorDiv(best, tf.scalar(width, 'int32'))
    const column = tf.sub(best, tf.mul(row, tf.scalar(width, 'int32')))
    const there = (values: tf.Tensor) => tf.gather(tf.reshape(values, [-1]), index)
    const place = (toRight: tf.Tensor, toDown: tf.Tensor) => [
      tf.add(column, there(toRight)),
      tf.add(row, there(toDown)),
    ]
    return { there, place }
  }
  const refined = pick(location)
  const own = pick(maps.heat)
  const [ownDown, ownRight] = tf.split(tf.div(maps.offsets, STRIDE_PX), 2, 3)
  // What PoseNet is sure of as a whole it places a little better itself (docs/experiments/refiner.md).
  const certainties = tf.sigmoid(own.there(maps.heat))
  const isSure = tf.greater(tf.mean(tf.slice(certainties, FIRST_OF_BODY)), SURE)
  const [x, y] = refined.place(right, down)
  const [ownX, ownY] = own.place(ownRight, ownDown)
  const scaled = (theirs: tf.Tensor, ours: tf.Tensor) =>
    tf.mul(tf.where(isSure, theirs, ours), STRIDE_PX / REFINED_SIDE_PX)
  return tf.stack([scaled(ownX, x), scaled(ownY, y), tf.sigmoid(refined.there(score))], 1) as tf.Tensor2D
}

function inputOf(square: Square): tf.Tensor {
  // Declared without OffscreenCanvas, which it takes too.
  const pixels = square instanceof tf.Tensor ? square : tf.browser.fromPixels(square as ImageData)
  return tf.expandDims(tf.sub(tf.div(tf.cast(pixels, 'float32'), 127.5), 1))
}

async function readOut(keypoints: tf.Tensor2D): Promise<Pose> {
  try {
    const pose = emptyPose()
    pose.set(await keypoints.data())
    return numbersOf(pose)
  } finally {
    keypoints.dispose()
  }
}

/** Where a person may be: in their box and about it. */
function around(pose: Pose, [, height, width]: number[]): number[][][][] {
  const box = boxOf(pose)
  const scale = STRIDE_PX / REFINED_SIDE_PX
  const isNear = (cell: number, low: number, high: number) => {
    const room = ROOM * (high - low)
    return cell * scale >= low - room && cell * scale <= high + room
  }
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => [
      !box || (isNear(x, box.left, box.right) && isNear(y, box.top, box.bottom)) ? 0 : NEVER,
    ]),
  )
  return [rows]
}
