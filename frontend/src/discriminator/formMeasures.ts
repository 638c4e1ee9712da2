/** What can be measured of a body in a frame, angles in degrees and ratios of lengths: `models/form_measures.py`. */
import { ANGLES, K, KEYPOINTS } from '@/pose/skeleton'
import { clamp } from './numbers'

const NEARLY_STRAIGHT = 135
const SIDES = ['left', 'right'] as const
const DEGREES = 180 / Math.PI

/** Joints between which a bone's length is taken from the whole set. */
export const BONES = {
  trunk: ['shoulder', 'hip'],
  thigh: ['hip', 'knee'],
  upper_arm: ['shoulder', 'elbow'],
} as const
export type Bone = keyof typeof BONES
/** Of the left and the right one. */
export type Lengths = Readonly<Record<Bone, readonly [number, number]>>

/** A body as one view shows it. */
export interface Flat {
  /** (T, K, 2), both axes in one unit, y down. */
  points: Float64Array
  /** 1 where it looks to the right of the picture, else -1. */
  facing: number
  lengths: Lengths
}

/** Of one side of the body, at each frame. */
type Sided = (flat: Flat, side: number) => (t: number) => number
/** Of both sides together; NaN where it says nothing. */
type Whole = (flat: Flat, t: number) => number

/** Index of a joint on each side; the nose is on both. */
const KEYPOINT: readonly Readonly<Record<string, number>>[] = SIDES.map((side) =>
  Object.fromEntries(
    KEYPOINTS.flatMap((name, k) => {
      const [own, joint] = name.split('_')
      return joint === undefined || own === side ? [[joint ?? name, k]] : []
    }),
  ),
)

export const keypointsOf = (joints: readonly string[], side: number): number[] =>
  joints.map((joint) => KEYPOINT[side][joint])

function bone({ points }: Flat, from: string, to: string, side: number, t: number): [number, number] {
  const [a, b] = [2 * (t * K + KEYPOINT[side][from]), 2 * (t * K + KEYPOINT[side][to])]
  return [points[b] - points[a], points[b + 1] - points[a + 1]]
}

const lengthOf = ({ lengths }: Flat, name: Bone, side: number): number => Math.max(lengths[name][side], 1e-6)

/** Degrees that a bone falls below the horizontal, from heights alone. */
const slope =
  (name: Bone): Sided =>
  (flat, side) =>
  (t) => {
    const [start, end] = BONES[name]
    const [, fall] = bone(flat, start, end, side, t)
    return DEGREES * Math.asin(clamp(fall / lengthOf(flat, name, side), -1, 1))
  }

/** Above 180 where it is nearly straight and bends against its usual way: so noise about straight is no bend. */
const angle = (joint: 'knee' | 'hip' | 'elbow' | 'shoulder'): Sided => {
  const ends = SIDES.map((side) => ANGLES[`${side}_${joint}`])
  return ({ points }, side) => {
    const bend = (t: number): [cross: number, dot: number] => {
      const [a, b, c] = ends[side].map((k) => 2 * (t * K + k))
      const [ux, uy] = [points[a] - points[b], points[a + 1] - points[b + 1]]
      const [vx, vy] = [points[c] - points[b], points[c + 1] - points[b + 1]]
      return [ux * vy - uy * vx, ux * vx + uy * vy]
    }
    let total = 0
    for (let t = 0; t < points.length / (2 * K); t++) total += bend(t)[0]
    const usual = total >= 0 ? 1 : -1
    return (t) => {
      const [cross, dot] = bend(t)
      const degrees = DEGREES * Math.atan2(Math.abs(cross), dot)
      return usual * cross < 0 && degrees > NEARLY_STRAIGHT ? 360 - degrees : degrees
    }
  }
}

const hipAngle = angle('hip')

/** The hip's bend off the line from shoulder to knee: above it 0 and more, below it less. */
const hipLine: Sided = (flat, side) => {
  const bend = hipAngle(flat, side)
  return (t) => {
    const [hx, hy] = bone(flat, 'shoulder', 'hip', side, t)
    const [kx, ky] = bone(flat, 'shoulder', 'knee', side, t)
    const below = hy - (ky * (hx * kx + hy * ky)) / Math.max(kx ** 2 + ky ** 2, 1e-12)
    return (below > 0 ? -1 : 1) * Math.abs(180 - bend(t))
  }
}

/** Upper arm out from the trunk, of a body that lies: what its length lacks points at us. */
const elbowFlare: Sided = (flat, side) => (t) => {
  const [across, down] = bone(flat, ...BONES.upper_arm, side, t).map(
    (d) => d / lengthOf(flat, 'upper_arm', side),
  )
  const outward = Math.sqrt(Math.max(1 - across ** 2 - down ** 2, 0))
  return DEGREES * Math.atan2(outward, Math.abs(across))
}

const fromVertical = (across: number, up: number): number => DEGREES * Math.atan2(across, up)

export const SIDED: Readonly<Record<string, readonly [joints: readonly string[], measure: Sided]>> = {
  knee: [['hip', 'knee', 'ankle'], angle('knee')],
  hip: [['shoulder', 'hip', 'knee'], hipAngle],
  elbow: [['shoulder', 'elbow', 'wrist'], angle('elbow')],
  shoulder: [['elbow', 'shoulder', 'hip'], angle('shoulder')],
  trunk: [
    ['shoulder', 'hip'],
    (flat, side) => (t) => {
      const [x, y] = bone(flat, 'hip', 'shoulder', side, t)
      return fromVertical(Math.abs(x), -y)
    },
  ],
  back: [
    ['shoulder', 'hip'],
    (flat, side) => (t) => {
      const [x, y] = bone(flat, 'hip', 'shoulder', side, t)
      return fromVertical(-flat.facing * x, -y)
    },
  ],
  rise: [['shoulder', 'hip'], slope('trunk')],
  thigh: [['hip', 'knee'], slope('thigh')],
  upper_arm: [['shoulder', 'elbow'], slope('upper_arm')],
  elbow_flare: [['shoulder', 'elbow'], elbowFlare],
  shin: [
    ['knee', 'ankle'],
    (flat, side) => (t) => {
      const [x, y] = bone(flat, 'ankle', 'knee', side, t)
      return fromVertical(flat.facing * x, -y)
    },
  ],
  hip_line: [['shoulder', 'hip', 'knee'], hipLine],
  hand: [
    ['shoulder', 'wrist'],
    (flat, side) => (t) =>
      (-100 * bone(flat, 'shoulder', 'wrist', side, t)[1]) / lengthOf(flat, 'trunk', side),
  ],
  chin: [
    ['nose', 'wrist'],
    (flat, side) => (t) => bone(flat, 'nose', 'wrist', side, t)[1] / lengthOf(flat, 'trunk', side),
  ],
}

function across({ points }: Flat, joint: string, t: number): [left: number, right: number] {
  return [points[2 * (t * K + KEYPOINT[0][joint])], points[2 * (t * K + KEYPOINT[1][joint])]]
}

function width(flat: Flat, joint: string, t: number): number {
  const [left, right] = across(flat, joint, t)
  return Math.abs(left - right)
}

/** part / whole; NaN where the whole is too short to divide by. */
const share = (part: number, whole: number, least: number): number =>
  whole > least ? part / Math.max(whole, 1e-9) : NaN

function middle(flat: Flat, joint: string, t: number): number {
  const [left, right] = across(flat, joint, t)
  return (left + right) / 2
}

export const WHOLE: Readonly<Record<string, readonly [joints: readonly string[], measure: Whole]>> = {
  knee_gap: [
    ['knee', 'ankle'],
    (flat, t) => share(width(flat, 'knee', t), width(flat, 'ankle', t), width(flat, 'hip', t)),
  ],
  feet_gap: [
    ['ankle', 'shoulder'],
    (flat, t) => share(width(flat, 'ankle', t), width(flat, 'shoulder', t), 0),
  ],
  hip_shift: [
    ['hip', 'ankle'],
    (flat, t) => {
      const aside = Math.abs(middle(flat, 'hip', t) - middle(flat, 'ankle', t))
      return share(aside, width(flat, 'ankle', t), width(flat, 'hip', t))
    },
  ],
  hands_apart: [
    ['shoulder', 'wrist'],
    (flat, t) => {
      const [left, right] = [0, 1].map((side) => bone(flat, 'shoulder', 'wrist', side, t)[1])
      return (2 * Math.abs(left - right)) / (lengthOf(flat, 'trunk', 0) + lengthOf(flat, 'trunk', 1))
    },
  ],
}
