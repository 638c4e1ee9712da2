/**
 * What the postures of a set are like, to tell the exercise by: the browser's copy of `models/posture_statistics.py`.
 *
 * A browser knows the picture's aspect, so only the case with true angles is here. Columns are in Python's order.
 */
import { K, KEYPOINTS } from '@/pose/skeleton'
import { F, inputs, sampleTimes, UNIT, unitBox, type Track } from './features'
import { integral } from './interpolate'
import { clamp, median, roundHalfEven } from './numbers'

export const RATE_HZ = 10
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
const LEAST = 6
const TREND = 31
/** Posture columns whose movements are compared with one another. */
const COMPARED = [0, 2, 4, 6, 33, 35, 37, 41, 43, 55, 57]

type Point = readonly [x: number, y: number]
/** One pose: K points. */
type Pose = readonly Point[]

const sidesOf = (joint: string): [number, number] => [
  KEYPOINTS.indexOf(`left_${joint}`),
  KEYPOINTS.indexOf(`right_${joint}`),
]
const PAIR = Object.fromEntries(
  ['ear', 'shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'].map((joint) => [joint, sidesOf(joint)]),
)
const CHAINS = [
  ['shoulder', 'elbow', 'wrist'],
  ['elbow', 'shoulder', 'hip'],
  ['shoulder', 'hip', 'knee'],
  ['hip', 'knee', 'ankle'],
]
const LIMBS = [
  ['shoulder', 'elbow'],
  ['elbow', 'wrist'],
  ['hip', 'knee'],
  ['knee', 'ankle'],
]
const WIDE = ['shoulder', 'hip', 'wrist', 'knee', 'ankle', 'elbow']
/** Bones of `models/proportions.py` with their weight in the length of a body. */
const BONES: readonly (readonly [string, string, number])[] = [
  ['shoulder', 'elbow', 0.5],
  ['elbow', 'wrist', 0.5],
  ['hip', 'knee', 1],
  ['knee', 'ankle', 1],
  ['shoulder', 'hip', 1],
]

const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]]
const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const length = ([x, y]: Point): number => Math.hypot(x, y)
const direction = (way: Point): Point => {
  const size = length(way) + 1e-6
  return [way[0] / size, way[1] / size]
}

/** Poses at RATE_HZ where somebody is seen, both axes in the same unit, and their times in s. */
export function sampled({ tS, points, seen }: Track, aspect: number): { poses: Pose[]; times: number[] } {
  const times = sampleTimes(tS, RATE_HZ)
  const edges = [...times.map((t) => t - 0.5 / RATE_HZ), times[times.length - 1] + 0.5 / RATE_HZ]
  const sums = integral(tS, points, UNIT, edges)
  const sight = integral(tS, seen, 1, edges)
  const all = Array.from(times.keys())
  const clear = all.filter((n) => (sight[n + 1] - sight[n]) * RATE_HZ > 0.5)
  const kept = clear.length ? clear : all
  const at = (n: number, i: number) => (sums[(n + 1) * UNIT + i] - sums[n * UNIT + i]) * RATE_HZ
  const poses = kept.map((n) =>
    Array.from({ length: K }, (_, k): Point => [at(n, 2 * k) * aspect, at(n, 2 * k + 1)]),
  )
  return { poses, times: kept.map((n) => times[n]) }
}

/** Rows of channels of poses: first those of boxes, then those of postures. */
export function channels(poses: Pose[]): number[][] {
  const copies = Math.ceil(LEAST / poses.length)
  const all = poses.length < LEAST ? poses.flatMap((pose) => Array<Pose>(copies).fill(pose)) : poses
  const boxes = unboxed(unitBox(Float32Array.from(all.flat(2))))
  const stretched = inputs(Float32Array.from(facing(boxes).flat(2)), new Float32Array(all.length))
  const postures = facing(bodySized(all)).map(posture)
  return postures.map((row, t) => [...stretched.subarray(t * F, (t + 1) * F - 1), ...row])
}

/** Quantiles, spread, how much moves, how fast, and what together. */
export function statistics(rows: number[][]): number[] {
  const boxed = F - 1
  const columns = rows[0].map((_, c) => rows.map((row) => row[c]))
  const ordered = columns.map((column) => Float64Array.from(column).sort())
  const at = QUANTILES.map((share) =>
    ordered.map((column) => column[roundHalfEven(share * (column.length - 1))]),
  )
  const moving = columns.map(withoutDrift)
  const energy = moving.map((column) => Math.sqrt(meanOf(column.map((value) => value ** 2))))
  const pace = columns.map((column) => meanOf(column.slice(1).map((value, i) => Math.abs(value - column[i]))))
  const shares = [energy, pace].flatMap((whole) => [share(whole.slice(0, boxed)), share(whole.slice(boxed))])
  return [
    ...at.flat(),
    ...at[4].map((high, c) => high - at[0][c]),
    ...columns.map(deviation),
    ...energy.map((value) => Math.log(value + 0.01)),
    ...shares.flat(),
    ...correlations(COMPARED.map((column) => moving[boxed + column])),
  ]
}

/** Mirrored where needed, so that on the whole the upper body is to the right of the feet. */
function facing(poses: Pose[]): Pose[] {
  const over = poses.map((pose) => {
    const upper = meanOf(pose.slice(0, 7).map(([x]) => x))
    return upper - meanOf(PAIR.ankle.map((k) => pose[k][0]))
  })
  const sign = median(over) < 0 ? -1 : 1
  return poses.map((pose) => pose.map(([x, y]): Point => [sign * x, y]))
}

/** Around the hips, in units of the body's usual length. */
function bodySized(poses: Pose[]): Pose[] {
  const lengths = poses.map((pose) =>
    BONES.reduce((total, [from, to, weight]) => {
      const sides = [0, 1].map((side) => length(minus(pose[PAIR[from][side]], pose[PAIR[to][side]])))
      return total + (weight * (sides[0] + sides[1])) / 2
    }, 0),
  )
  const size = Math.max(median(lengths), 1e-6)
  return poses.map((pose) => {
    const hips = middle(pose[PAIR.hip[0]], pose[PAIR.hip[1]])
    return pose.map((point): Point => {
      const [x, y] = minus(point, hips)
      return [x / size, y / size]
    })
  })
}

/** What can be read off one pose around the hips. */
function posture(pose: Pose): number[] {
  const of = (joint: string): [Point, Point] => [pose[PAIR[joint][0]], pose[PAIR[joint][1]]]
  const half = (joint: string): Point => middle(...of(joint))
  const trunk = half('shoulder')
  const head = [0, 1].map((axis) => meanOf(pose.slice(0, 5).map((point) => point[axis]))) as unknown as Point
  const found: number[] = []
  for (const chain of CHAINS) {
    const [a, b, c] = chain.map(of)
    found.push(...both(angle(a[0], b[0], c[0]), angle(a[1], b[1], c[1])))
  }
  for (const [start, end] of LIMBS) {
    const [left, right] = [0, 1].map((side) => direction(minus(of(end)[side], of(start)[side])))
    found.push(...both(left[1], right[1]), ...both(left[0], right[0]))
    found.push(...both(Math.abs(left[0]), Math.abs(right[0])))
  }
  const way = direction(trunk)
  found.push(...way, Math.abs(way[0]), length(trunk))
  found.push(...minus(head, trunk), ...minus(pose[0], half('ear')))
  for (const joint of ['wrist', 'elbow', 'knee', 'ankle'])
    found.push(...minus(half(joint), trunk), ...half(joint))
  for (const other of [half('ankle'), head]) {
    const apart = minus(half('wrist'), other)
    found.push(...apart, length(apart))
  }
  for (const joint of WIDE) found.push(...minus(...of(joint)).map(Math.abs))
  const extent = [0, 1].map((axis) => {
    const values = pose.map((point) => point[axis])
    return Math.max(...values) - Math.min(...values) + 0.05
  })
  return [...found, Math.log(extent[0] / extent[1])]
}

/** Radians at b. */
function angle(a: Point, b: Point, c: Point): number {
  const [u, v] = [minus(a, b), minus(c, b)]
  return Math.abs(Math.atan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]))
}

/** Of left and right: their mean and how far they are apart. */
const both = (left: number, right: number): Point => [(left + right) / 2, Math.abs(left - right)]

const meanOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length

function deviation(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
}

function share(values: number[]): number[] {
  const size = Math.hypot(...values) + 1e-6
  return values.map((value) => value / size)
}

/** A column less its running mean. */
function withoutDrift(column: number[]): number[] {
  const count = column.length
  if (count <= TREND) {
    const mean = meanOf(column)
    return column.map((value) => value - mean)
  }
  const reach = TREND >> 1
  let sum = 0
  for (let t = -reach; t <= reach; t++) sum += column[clamp(t, 0, count - 1)]
  return column.map((value, t) => {
    const mean = sum / TREND
    sum += column[Math.min(t + reach + 1, count - 1)] - column[Math.max(t - reach, 0)]
    return value - mean
  })
}

/** Of every two of the columns. */
function correlations(columns: number[][]): number[] {
  const means = columns.map(meanOf)
  const centred = columns.map((column, c) => column.map((value) => value - means[c]))
  const spread = centred.map(deviation)
  return centred.flatMap((one, a) =>
    centred.slice(a + 1).map((other, b) => {
      const together = meanOf(one.map((value, t) => value * other[t]))
      return together / (spread[a] * spread[a + 1 + b] + 1e-3)
    }),
  )
}

function unboxed(flat: Float32Array): Pose[] {
  return Array.from({ length: flat.length / UNIT }, (_, t) =>
    Array.from({ length: K }, (_, k): Point => [flat[t * UNIT + 2 * k], flat[t * UNIT + 2 * k + 1]]),
  )
}
