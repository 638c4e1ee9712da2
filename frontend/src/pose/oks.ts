/**
 * Object keypoint similarity: how far two poses are the same body, in [0, 1].
 *
 * As COCO defines it (cocodataset.org, keypoint evaluation): the mean over keypoints of exp(-d² / (2 s² k²)), where k is
 * twice the keypoint's standard deviation among annotators and s² the body's area. Of a pose nothing but its box is known;
 * .53 of a box is what bodies fill of theirs, the figure that CrowdPose's and AI Challenger's evaluations use.
 */
import type { Pose } from './frame'
import { C, K } from './skeleton'

/** COCO's standard deviations, in the order of the keypoints. */
export const SIGMAS: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087,
  0.089, 0.089,
]
const FILLED = 0.53
/** Keypoints below this score are nowhere. */
export const MIN_SCORE = 0.25
/** Fewer in common say nothing. */
const FEWEST = 4

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The box around what is seen of a pose, in [0, 1] of the picture; null where nothing is. */
export function boxOf(pose: Pose): Box | null {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (let i = 0; i < K * C; i += C) {
    if (pose[i + 2] < MIN_SCORE) continue
    box.left = Math.min(box.left, pose[i])
    box.right = Math.max(box.right, pose[i])
    box.top = Math.min(box.top, pose[i + 1])
    box.bottom = Math.max(box.bottom, pose[i + 1])
  }
  return box.left <= box.right ? box : null
}

/** Share of the smaller box that lies within the other, in [0, 1]. */
export function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  const smaller = Math.min(areaOf(a), areaOf(b))
  return across <= 0 || down <= 0 ? 0 : (across * down) / Math.max(smaller, 1e-9)
}

export function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top)
}

/**
 * Likeness of `pose` to `known`, whose box sets the scale; 0 where they have fewer than 4 keypoints in common.
 *
 * aspect: width over height of the picture. allowance: by how much farther than COCO's a keypoint may be off, since time
 * has gone by; 1 for the same picture.
 */
export function oks(known: Pose, pose: Pose, aspect: number, allowance = 1): number {
  const box = boxOf(known)
  if (!box) return 0
  const area = FILLED * areaOf(box) * aspect * allowance ** 2
  let sum = 0
  let common = 0
  for (let k = 0; k < K; k++) {
    const i = k * C
    if (known[i + 2] < MIN_SCORE || pose[i + 2] < MIN_SCORE) continue
    const far2 = ((pose[i] - known[i]) * aspect) ** 2 + (pose[i + 1] - known[i + 1]) ** 2
    sum += Math.exp(-far2 / (2 * Math.max(area, 1e-9) * (2 * SIGMAS[k]) ** 2))
    common++
  }
  return common < FEWEST ? 0 : sum / common
}
