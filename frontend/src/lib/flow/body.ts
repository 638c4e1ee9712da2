/**
 * What a pose says about the body as a whole: where it is, how it is held, which way it faces.
 *
 * Positions are shares of the picture, lengths are in picture heights; `aspect` is the picture's width over its height.
 */
import type { Pose } from '@/pose/frame'
import { C, HIPS, K, KEYPOINTS, SHOULDERS } from '@/pose/skeleton'

/** Score from which a keypoint counts as seen; the same as the skeleton is drawn with. */
export const SEEN = 0.3
/** Estimators put what has left the picture on its edge. */
const EDGE = 0.006
const LEAST_KEYPOINTS = 5

export const ANKLES = pair('ankle')
export const KNEES = pair('knee')
export const WRISTS = pair('wrist')
export const HEAD: readonly number[] = [0, 1, 2, 3, 4]

function pair(name: string): readonly number[] {
  return ['left', 'right'].map((side) => KEYPOINTS.indexOf(`${side}_${name}`))
}

export interface Point {
  x: number
  y: number
}

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** upright: standing. level: lying, or a plank. hanging: upright with both hands over the head. */
export type BodyPosture = 'upright' | 'level' | 'hanging' | 'bent'

export const pointOf = (pose: Pose, k: number): Point => ({ x: pose[k * C], y: pose[k * C + 1] })

export function isSeen(pose: Pose, k: number): boolean {
  const { x, y } = pointOf(pose, k)
  const inside = x > EDGE && x < 1 - EDGE && y > EDGE && y < 1 - EDGE
  return inside && pose[k * C + 2] >= SEEN
}

export const isPartSeen = (pose: Pose, part: readonly number[]): boolean => part.some((k) => isSeen(pose, k))

export function isSomebody(pose: Pose): boolean {
  let seen = 0
  for (let k = 0; k < K; k++) if (pose[k * C + 2] >= SEEN) seen++
  return seen >= LEAST_KEYPOINTS
}

/** Around all keypoints that are seen; null where none is. */
export function bodyBox(pose: Pose): Box | null {
  const points = Array.from({ length: K }, (_, k) => k)
    .filter((k) => isSeen(pose, k))
    .map((k) => pointOf(pose, k))
  if (!points.length) return null
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

/** Diagonal of the box, which a change of posture alters little. */
export const sizeOf = (box: Box, aspect: number): number =>
  Math.hypot((box.right - box.left) * aspect, box.bottom - box.top)

/** Middle of those of a part that are seen. */
export function middleOf(pose: Pose, part: readonly number[]): Point | null {
  const seen = part.filter((k) => isSeen(pose, k)).map((k) => pointOf(pose, k))
  if (!seen.length) return null
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return { x: mean(seen.map(({ x }) => x)), y: mean(seen.map(({ y }) => y)) }
}

/** From the hips to the shoulders, in picture heights; null where one of them is not seen. */
function trunkOf(pose: Pose, aspect: number): Point | null {
  const [shoulders, hips] = [middleOf(pose, SHOULDERS), middleOf(pose, HIPS)]
  return shoulders && hips && { x: (shoulders.x - hips.x) * aspect, y: shoulders.y - hips.y }
}

const UPRIGHT_DEG = 35
const LEVEL_DEG = 50

/** Null where the trunk is not seen. */
export function postureOf(pose: Pose, aspect: number): BodyPosture | null {
  const trunk = trunkOf(pose, aspect)
  if (!trunk) return null
  const fromVerticalDeg = (Math.atan2(Math.abs(trunk.x), -trunk.y) * 180) / Math.PI
  if (fromVerticalDeg > LEVEL_DEG) return 'level'
  if (fromVerticalDeg > UPRIGHT_DEG) return 'bent'
  return handsOverHead(pose) === 2 ? 'hanging' : 'upright'
}

/** How many hands are clearly over the head. */
export function handsOverHead(pose: Pose): number {
  const [head, hips] = [middleOf(pose, HEAD), middleOf(pose, HIPS)]
  if (!head || !hips) return 0
  // A tenth of the way from the hips to the head above it: a hand at the ear is not raised.
  const over = head.y - 0.1 * (hips.y - head.y)
  return WRISTS.filter((k) => isSeen(pose, k) && pointOf(pose, k).y < over).length
}

/** Distance of the shoulders over the length of the trunk: some .8 from the front, .2 from the side; null where unseen. */
export function breadthOf(pose: Pose, aspect: number): number | null {
  const trunk = trunkOf(pose, aspect)
  if (!trunk || !SHOULDERS.every((k) => isSeen(pose, k))) return null
  const [left, right] = SHOULDERS.map((k) => pointOf(pose, k))
  const across = Math.hypot((left.x - right.x) * aspect, left.y - right.y)
  return across / Math.max(Math.hypot(trunk.x, trunk.y), 1e-3)
}
