/**
 * A drawn person from joint angles: plain geometry, no Vue.
 * Angles in degrees of the picture: 0 points right, 90 down. Lengths in units of a 120 × 120 picture.
 */
export type Point = readonly [x: number, y: number]
export type Limb = readonly [upper: number, lower: number]

export interface Posture {
  /** Direction from hip to shoulder. */
  torso: number
  /** Near (or right) limb first, far (or left) one second. */
  arms: readonly [Limb, Limb]
  legs: readonly [Limb, Limb]
  /** Share of their length that legs show, which point towards the viewer; absent: all of it. */
  reach?: number
  /** The joint that stays in place, and where. */
  anchor: readonly [JointName, number, number]
}

export type JointName = 'hip' | 'shoulder' | 'elbow' | 'hand' | 'knee' | 'foot'

/** Joints of one side of the body. */
export type Side = Record<JointName, Point>
export interface Figure {
  near: Side
  far: Side
  head: Point
}

const LENGTH = { torso: 27, neck: 11.5, upperArm: 14, forearm: 14, thigh: 22, shin: 22 }
export const HEAD_RADIUS = 6.5

const along = ([x, y]: Point, degrees: number, length: number): Point => {
  const radians = (degrees * Math.PI) / 180
  return [x + length * Math.cos(radians), y + length * Math.sin(radians)]
}

function side(posture: Posture, index: 0 | 1, spread: number): Side {
  const hip = along([0, 0], posture.torso + 90, spread * 0.6)
  const shoulder = along(along([0, 0], posture.torso, LENGTH.torso), posture.torso + 90, spread)
  const [upperArm, forearm] = posture.arms[index]
  const [thigh, shin] = posture.legs[index]
  const { reach = 1 } = posture
  const elbow = along(shoulder, upperArm, LENGTH.upperArm)
  const knee = along(hip, thigh, LENGTH.thigh * reach)
  return {
    hip,
    shoulder,
    elbow,
    hand: along(elbow, forearm, LENGTH.forearm),
    knee,
    foot: along(knee, shin, LENGTH.shin * reach),
  }
}

function moved(joints: Side, dx: number, dy: number): Side {
  const entries = Object.entries(joints).map(([name, [x, y]]) => [name, [x + dx, y + dy]])
  return Object.fromEntries(entries) as Side
}

/** spread: half the width of the shoulders, 0 for a view from the side. */
export function figureOf(posture: Posture, spread = 0): Figure {
  const near = side(posture, 0, spread)
  const far = side(posture, 1, -spread)
  const [joint, x, y] = posture.anchor
  const centre = spread > 0 ? (near[joint][0] + far[joint][0]) / 2 : near[joint][0]
  const [dx, dy] = [x - centre, y - near[joint][1]]
  const top = along([0, 0], posture.torso, LENGTH.torso + LENGTH.neck)
  return { near: moved(near, dx, dy), far: moved(far, dx, dy), head: [top[0] + dx, top[1] + dy] }
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share
const mixLimb = (a: Limb, b: Limb, share: number): Limb => [mix(a[0], b[0], share), mix(a[1], b[1], share)]

/** The posture on the way from one to another; share in [0, 1]. */
export function between(a: Posture, b: Posture, share: number): Posture {
  return {
    torso: mix(a.torso, b.torso, share),
    arms: [mixLimb(a.arms[0], b.arms[0], share), mixLimb(a.arms[1], b.arms[1], share)],
    legs: [mixLimb(a.legs[0], b.legs[0], share), mixLimb(a.legs[1], b.legs[1], share)],
    reach: mix(a.reach ?? 1, b.reach ?? 1, share),
    anchor: [a.anchor[0], mix(a.anchor[1], b.anchor[1], share), mix(a.anchor[2], b.anchor[2], share)],
  }
}

const text = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`

/** SVG path of one side: arm and leg. */
export function limbPath(joints: Side): string {
  const arm = `M${text(joints.shoulder)}L${text(joints.elbow)}L${text(joints.hand)}`
  return `${arm}M${text(joints.hip)}L${text(joints.knee)}L${text(joints.foot)}`
}

/** SVG path of the trunk: one line from the side, four from the front. */
export function trunkPath({ near, far }: Figure): string {
  return `M${text(near.hip)}L${text(near.shoulder)}L${text(far.shoulder)}L${text(far.hip)}Z`
}
