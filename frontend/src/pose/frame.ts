import { C, K, type Estimator } from './skeleton'

/**
 * Keypoints of one person in one frame, shape (K=17, C=3) in row-major order: x, y, score.
 *
 * x and y are in [0, 1] of the unmirrored frame, y down; score is in [0, 1].
 */
export type Pose = Float32Array

/** A pose with its time in ms since the source started, and the size of the picture that it was found in. */
export interface Frame {
  tMs: number
  pose: Pose
  widthPx: number
  heightPx: number
}

/** A frame that says who found its pose, and, of a camera, when the page's own clock showed what. */
export interface StampedFrame extends Frame {
  estimator: Estimator
  takenMs?: number
}

/** A pose in which nobody was found: all scores 0. */
export function emptyPose(): Pose {
  return new Float32Array(K * C)
}

/** Share of keypoints with at least this score. */
export function visibility(pose: Pose, minScore = 0.3): number {
  let seen = 0
  for (let k = 0; k < K; k++) if (pose[k * C + 2] >= minScore) seen++
  return seen / K
}
