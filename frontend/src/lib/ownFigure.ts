/** The drawing of an exercise that a coach has shown: its reference, as a figure. Plain geometry, no Vue. */
import { HIPS, KEYPOINTS, SHOULDERS } from '@/pose/skeleton'
import type { JointName, Limb, Posture } from './figure'
import type { Drawing } from './postures'

/** Of the reference: (3, 17, 2) of start, way and turn, and the joints that drive it. */
export interface Shown {
  figure: readonly (readonly (readonly number[])[])[]
  joints: readonly { name: string }[]
}

type Point = readonly number[]
type Pose = readonly Point[]

const FLOOR = 106
const MIDDLE = 60
/** Trunks that look wider than this, by their length, are seen from the front. */
const FACING = 0.3
const TRUNK = 27
const LIT: Readonly<Record<string, JointName>> = {
  shoulder: 'shoulder',
  elbow: 'elbow',
  hip: 'hip',
  knee: 'knee',
}

const keypoint = (name: string): number => KEYPOINTS.indexOf(name)
const middle = (pose: Pose, keypoints: readonly number[]): Point => [
  keypoints.reduce((sum, k) => sum + pose[k][0], 0) / keypoints.length,
  keypoints.reduce((sum, k) => sum + pose[k][1], 0) / keypoints.length,
]
const degrees = (from: Point, to: Point): number =>
  (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI

/** The same direction, the short way round from another one. */
function near(angle: number, other: number): number {
  return other + ((((angle - other + 180) % 360) + 360) % 360) - 180
}

function limbs(pose: Pose, names: readonly [string, string, string]): [Limb, Limb] {
  const limb = (side: string): Limb => {
    const [a, b, c] = names.map((name) => pose[keypoint(`${side}_${name}`)])
    return [degrees(a, b), degrees(b, c)]
  }
  return [limb('right'), limb('left')]
}

function postureOf(pose: Pose, before: Posture | null): Posture {
  const torso = degrees(middle(pose, HIPS), middle(pose, SHOULDERS))
  const [arms, legs] = [limbs(pose, ['shoulder', 'elbow', 'wrist']), limbs(pose, ['hip', 'knee', 'ankle'])]
  const beside = (found: [Limb, Limb], known: Posture['arms'] | undefined): [Limb, Limb] =>
    known
      ? (found.map((limb, i) => limb.map((angle, j) => near(angle, known[i][j]))) as unknown as [Limb, Limb])
      : found
  return {
    torso: before ? near(torso, before.torso) : torso,
    arms: beside(arms, before?.arms),
    legs: beside(legs, before?.legs),
    anchor: ['foot', MIDDLE, FLOOR],
  }
}

/** How wide the shoulders look, by the trunk. */
function widthOf(pose: Pose): number {
  const [left, right] = SHOULDERS.map((k) => pose[k])
  const [hips, shoulders] = [middle(pose, HIPS), middle(pose, SHOULDERS)]
  const trunk = Math.hypot(hips[0] - shoulders[0], hips[1] - shoulders[1])
  return Math.hypot(left[0] - right[0], left[1] - right[1]) / Math.max(trunk, 1e-6)
}

/** Which end of the body stays where it is: the feet, or else the hands. */
function anchorOf(poses: readonly Pose[]): JointName {
  const way = (names: readonly string[]) => {
    const at = poses.map((pose) => middle(pose, names.map(keypoint)))
    return Math.hypot(at[2][0] - at[0][0], at[2][1] - at[0][1])
  }
  return way(['left_wrist', 'right_wrist']) < 0.5 * way(['left_ankle', 'right_ankle']) ? 'hand' : 'foot'
}

export function drawingOf({ figure, joints }: Shown): Drawing {
  const start = postureOf(figure[0], null)
  const via = postureOf(figure[1], start)
  const turn = postureOf(figure[2], via)
  const width = widthOf(figure[0])
  const anchor = anchorOf(figure)
  // Hands that stay above the head hang from something: they are drawn high up.
  const isHigh = anchor === 'hand' && figure[0][keypoint('left_wrist')][1] < figure[0][keypoint('nose')][1]
  const place = (posture: Posture): Posture => ({ ...posture, anchor: [anchor, MIDDLE, isHigh ? 14 : FLOOR] })
  return {
    start: place(start),
    via: place(via),
    turn: place(turn),
    lit: LIT[joints[0]?.name ?? ''] ?? 'hip',
    spread: width > FACING ? (TRUNK * width) / 2 : undefined,
    floor: !isHigh,
  }
}
