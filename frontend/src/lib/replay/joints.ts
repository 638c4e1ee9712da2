/** The angle of a joint as it is drawn: three points of a pose, and the degrees between them. */
import type { Pose } from '@/pose/frame'
import { ANGLES, C, HIPS, KEYPOINTS, SHOULDERS, type AngleName } from '@/pose/skeleton'
import type { Film } from './film'

export type Point = readonly [x: number, y: number]

/** Against which way an angle is taken that has no second limb; `on`: how the limb would go on if it were straight. */
type Reference = 'vertical' | 'horizontal' | { on: readonly number[] }

/** Indices of keypoints, of which a middle is taken; `at` is the joint itself. */
export interface Joint {
  from: readonly number[]
  at: readonly number[]
  to: readonly number[] | Reference
}

/** From which score on a keypoint was seen rather than guessed. */
export const MIN_SCORE = 0.3

const SIDES = ['left', 'right'] as const
const keypoint = (name: string): number[] => [KEYPOINTS.indexOf(name)]

function bent(name: string): Joint | null {
  if (!(name in ANGLES)) return null
  const [from, at, to] = ANGLES[name as AngleName]
  return { from: [from], at: [at], to: [to] }
}

/** Measures of `models/form_measures.py` that are angles in the picture, beside those of joints. */
const LEANS: Readonly<Record<string, (side: string) => Joint>> = {
  trunk: () => ({ from: SHOULDERS, at: HIPS, to: 'vertical' }),
  back: () => ({ from: SHOULDERS, at: HIPS, to: 'vertical' }),
  rise: () => ({ from: SHOULDERS, at: HIPS, to: 'horizontal' }),
  thigh: (side) => ({ from: keypoint(`${side}_hip`), at: keypoint(`${side}_knee`), to: 'horizontal' }),
  upper_arm: (side) => ({
    from: keypoint(`${side}_elbow`),
    at: keypoint(`${side}_shoulder`),
    to: 'horizontal',
  }),
  shin: (side) => ({ from: keypoint(`${side}_knee`), at: keypoint(`${side}_ankle`), to: 'vertical' }),
  hip_line: (side) => ({
    from: keypoint(`${side}_knee`),
    at: keypoint(`${side}_hip`),
    to: { on: keypoint(`${side}_shoulder`) },
  }),
}

/** The angles that this name may mean, of both sides; none where it is not an angle in the picture. */
export function jointsNamed(name: string): Joint[] {
  return SIDES.flatMap((side) => LEANS[name]?.(side) ?? bent(`${side}_${name}`) ?? [])
}

/** Keypoints of this name on both sides; none of "body". */
export const keypointsNamed = (name: string): number[] =>
  SIDES.flatMap((side) => keypoint(`${side}_${name}`)).filter((k) => k >= 0)

function keypointsOf({ from, at, to }: Joint): readonly number[] {
  if (typeof to === 'string') return [...from, ...at]
  return [...from, ...at, ...('on' in to ? to.on : to)]
}

/** How well the worst of its points is seen in a pose, in [0, 1]. */
export function sureness(pose: ArrayLike<number>, joint: Joint, offset = 0): number {
  return Math.min(...keypointsOf(joint).map((k) => pose[offset + k * C + 2]))
}

/** Of the joints that a name may mean, the one seen best over a stretch of film. */
export function bestSeen(name: string, { poses, tMs }: Film): Joint | null {
  const width = tMs.length ? poses.length / tMs.length : 0
  const total = (joint: Joint): number =>
    tMs.reduce((sum, _, frame) => sum + sureness(poses, joint, frame * width), 0)
  const [best] = jointsNamed(name)
    .map((joint) => ({ joint, total: total(joint) }))
    .sort((a, b) => b.total - a.total)
  return best?.joint ?? null
}

/** Middle of some keypoints in units of the picture's height. */
export function middleOf(
  pose: ArrayLike<number>,
  keypoints: readonly number[],
  aspect: number,
  offset = 0,
): Point {
  const mean = (c: number): number =>
    keypoints.reduce((sum, k) => sum + pose[offset + k * C + c], 0) / keypoints.length
  return [mean(0) * aspect, mean(1)]
}

/** The joint's three points in units of the picture's height; a reference is drawn as long as the limb. */
export function cornersOf(pose: Pose, joint: Joint, aspect: number): { from: Point; at: Point; to: Point } {
  const at = middleOf(pose, joint.at, aspect)
  const from = middleOf(pose, joint.from, aspect)
  return { from, at, to: referenceOf(pose, joint.to, from, at, aspect) }
}

function referenceOf(pose: Pose, to: Joint['to'], from: Point, at: Point, aspect: number): Point {
  const length = Math.hypot(from[0] - at[0], from[1] - at[1])
  if (to === 'vertical') return [at[0], at[1] - length]
  if (to === 'horizontal') return [at[0] + (from[0] < at[0] ? -length : length), at[1]]
  if (!('on' in to)) return middleOf(pose, to, aspect)
  const before = middleOf(pose, to.on, aspect)
  const stretch = length / Math.max(Math.hypot(at[0] - before[0], at[1] - before[1]), Number.EPSILON)
  return [at[0] + stretch * (at[0] - before[0]), at[1] + stretch * (at[1] - before[1])]
}

/** Degrees in [0, 180] between the two limbs of a joint, or null where a point of it was not seen. */
export function degreesAt(pose: Pose, joint: Joint, aspect: number): number | null {
  if (sureness(pose, joint) < MIN_SCORE) return null
  const { from, at, to } = cornersOf(pose, joint, aspect)
  const direction = ([x, y]: Point): number => Math.atan2(y - at[1], x - at[0])
  const turn = Math.abs(direction(from) - direction(to))
  const degrees = (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI
  return Number.isFinite(degrees) ? degrees : null
}
