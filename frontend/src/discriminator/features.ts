/**
 * From a sequence of any frame rate to evenly spaced inputs of the discriminator.
 *
 * The browser's copy of `models/features.py`, which says what each step is for; golden vectors hold both to the
 * same numbers. Arrays are flat and row-major; their shapes stand in the comments.
 */
import { ANGLES, C, K, KEYPOINTS, MIRROR, type AngleName } from '@/pose/skeleton'
import { integral, lerp } from './interpolate'
import { clamp, median, roundHalfEven } from './numbers'
import type { Sequence } from './sequence'
import { steady } from './steady'

/** Raised with the one in `models/features.py`; weights made for another are refused. */
export const FEATURES_VERSION = '3'
export const MIN_SCORE = Math.fround(0.3)
const LEFT = KEYPOINTS.map((_, k) => k).filter((k) => MIRROR[k] > k)
export const PAIRS: readonly (readonly [number, number])[] = LEFT.map((k) => [k, MIRROR[k]])
/** F, inputs a sample: nose, five of each pair, and whether seen. */
export const F = 2 + 5 * PAIRS.length + 1
/** Values of a pose in unit boxes. */
export const UNIT = 2 * K
const MEDIAN_MS = 170
const SHOULDERS = [KEYPOINTS.indexOf('left_shoulder'), KEYPOINTS.indexOf('right_shoulder')]
const HIPS = [KEYPOINTS.indexOf('left_hip'), KEYPOINTS.indexOf('right_hip')]

/** A cleaned sequence at its native times. */
export interface Track {
  /** (T,) seconds. */
  tS: Float64Array
  /** (T, K, 2) in units of the picture. */
  points: Float32Array
  /** (T, UNIT) stretched to the bounding box of each frame, around 0. */
  unit: Float32Array
  /** (T,) in {0, 1}. */
  seen: Float32Array
}

/** Clean a sequence; frames without a person are bridged and marked unseen. */
export function track(sequence: Sequence): Track {
  const tS = sequence.tMs.map((t) => t / 1000)
  const seen = visible(sequence)
  const kept = Array.from(tS.keys()).filter((i) => seen[i])
  if (!kept.length) {
    return { tS, points: new Float32Array(tS.length * UNIT), unit: new Float32Array(tS.length * UNIT), seen }
  }
  const poses = rows(sequence.poses, K * C, kept)
  const seenS = Float64Array.from(kept, (i) => tS[i])
  const points = lerp(seenS, runningMedian(steady(untangled(poses), seenS), seenS), UNIT, tS)
  return { tS, points, unit: unitBox(points), seen }
}

/** (T,) 1 where the frame holds a trunk: a shoulder and a hip, of whichever side is nearer. */
export function visible({ tMs, poses }: Sequence): Float32Array {
  return Float32Array.from(tMs, (_, t) => {
    const best = (pair: number[]) => Math.max(...pair.map((k) => poses[(t * K + k) * C + 2]))
    return Math.min(best(SHOULDERS), best(HIPS)) >= MIN_SCORE ? 1 : 0
  })
}

/** (T, K, 2) to (T, UNIT): each frame and axis stretched to [-0.5, 0.5]. */
export function unitBox(points: Float32Array): Float32Array {
  const unit = new Float32Array(points.length)
  for (let frame = 0; frame < points.length; frame += UNIT) {
    for (let axis = 0; axis < 2; axis++) {
      let low = Infinity
      let high = -Infinity
      for (let i = axis; i < UNIT; i += 2) {
        low = Math.min(low, points[frame + i])
        high = Math.max(high, points[frame + i])
      }
      const size = Math.max(Math.fround(high - low), Math.fround(1e-4))
      for (let i = axis; i < UNIT; i += 2) {
        unit[frame + i] = Math.fround((points[frame + i] - low) / size) - 0.5
      }
    }
  }
  return unit
}

/** (N, F) inputs at `rateHz`; sample i is made of the mean pose over its span of time. */
export function sample(source: Track, rateHz: number): Float32Array {
  const times = sampleTimes(source.tS, rateHz)
  const edges = Float64Array.from({ length: times.length + 1 }, (_, i) =>
    i < times.length ? times[i] - 0.5 / rateHz : times[i - 1] + 0.5 / rateHz,
  )
  return inputs(...spanMeans(source, edges))
}

/** Unit-box poses (N, UNIT) and share seen (N,), averaged between each two of N + 1 edges in s. */
export function spanMeans({ tS, unit, seen }: Track, edgesS: Float64Array): [Float32Array, Float32Array] {
  const count = edgesS.length - 1
  const poses = integral(tS, unit, UNIT, edgesS)
  const sight = integral(tS, seen, 1, edgesS)
  const means = new Float32Array(count * UNIT)
  const shares = new Float32Array(count)
  for (let n = 0; n < count; n++) {
    const span = edgesS[n + 1] - edgesS[n]
    shares[n] = (sight[n + 1] - sight[n]) / span
    for (let i = n * UNIT; i < (n + 1) * UNIT; i++) means[i] = (poses[i + UNIT] - poses[i]) / span
  }
  return [means, shares]
}

/** (N, F) of unit-box poses (N, UNIT) and share seen (N,). */
export function inputs(unit: Float32Array, seen: Float32Array): Float32Array {
  const found = new Float32Array(seen.length * F)
  for (let n = 0; n < seen.length; n++) {
    const pose = n * UNIT
    let at = n * F
    found[at++] = unit[pose]
    found[at++] = unit[pose + 1]
    for (const [left, right] of PAIRS) {
      const [ax, ay] = [unit[pose + 2 * left], unit[pose + 2 * left + 1]]
      const [bx, by] = [unit[pose + 2 * right], unit[pose + 2 * right + 1]]
      const [dx, dy] = [Math.fround(ax - bx), Math.fround(ay - by)]
      found[at++] = (ax + bx) / 2
      found[at++] = (ay + by) / 2
      found[at++] = Math.abs(dx)
      found[at++] = Math.abs(dy)
      found[at++] = Math.fround(4 * dx) * dy
    }
    found[at] = seen[n]
  }
  return found
}

/** (N,) centres of the samples that cover the sequence, in s. */
export function sampleTimes(tS: Float64Array, rateHz: number): Float64Array {
  if (!tS.length) return new Float64Array(0)
  const length = Math.max(1, Math.trunc((tS[tS.length - 1] - tS[0]) * rateHz))
  return Float64Array.from({ length }, (_, i) => tS[0] + (i + 0.5) / rateHz)
}

/** (T,) degrees between the trunk and the horizontal, 0 lying, 90 upright; points (T, K, 2). */
export function trunkSlopeDeg(points: Float32Array, aspect: number): Float64Array {
  const between = (frame: number, pair: number[], axis: number) =>
    (points[frame + 2 * pair[0] + axis] + points[frame + 2 * pair[1] + axis]) / 2
  return Float64Array.from({ length: points.length / UNIT }, (_, t) => {
    const [x, y] = [0, 1].map((axis) => between(t * UNIT, SHOULDERS, axis) - between(t * UNIT, HIPS, axis))
    return degrees(Math.atan2(Math.abs(y), Math.abs(x) * aspect))
  })
}

/** (T,) degrees of one joint, of points (T, K, 2) in a picture of this aspect. */
export function angleDeg(points: Float32Array, name: AngleName, aspect: number): Float64Array {
  const [a, b, c] = ANGLES[name]
  return Float64Array.from({ length: points.length / UNIT }, (_, t) => {
    const at = (k: number, axis: number) => points[t * UNIT + 2 * k + axis] * (axis ? 1 : aspect)
    const [ux, uy, vx, vy] = [
      at(a, 0) - at(b, 0),
      at(a, 1) - at(b, 1),
      at(c, 0) - at(b, 0),
      at(c, 1) - at(b, 1),
    ]
    return degrees(Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)))
  })
}

const degrees = (radians: number): number => (radians * 180) / Math.PI

/** (T, K, C) with each pair's joints in the order that moves least from frame to frame. */
function untangled(poses: Float32Array): Float32Array {
  const fixed = poses.slice()
  const frame = K * C
  const step = (before: number, after: number) =>
    Math.hypot(poses[after] - poses[before], poses[after + 1] - poses[before + 1])
  for (const [left, right] of PAIRS) {
    let crossed = false
    for (let at = frame; at < poses.length; at += frame) {
      const [a, b] = [at + left * C, at + right * C]
      const stay = step(a - frame, a) + step(b - frame, b)
      const cross = step(a - frame, b) + step(b - frame, a)
      if (cross < 0.8 * stay) crossed = !crossed
      if (!crossed) continue
      fixed.set(poses.subarray(b, b + C), a)
      fixed.set(poses.subarray(a, a + C), b)
    }
  }
  return fixed
}

/** (T, K, 2): running median over about `MEDIAN_MS`: 1, 3 or 5 frames. */
export function runningMedian(points: Float32Array, tS: Float64Array): Float32Array {
  const count = tS.length
  if (count < 3) return points
  const stepMs = 1000 * median(tS.subarray(1).map((t, i) => t - tS[i]))
  const reach = clamp(roundHalfEven(MEDIAN_MS / stepMs / 2), 0, 2)
  const found = new Float32Array(points.length)
  const near = new Float32Array(2 * reach + 1)
  for (let i = 0; i < points.length; i++) {
    const [t, d] = [Math.floor(i / UNIT), i % UNIT]
    for (let j = -reach; j <= reach; j++) near[j + reach] = points[clamp(t + j, 0, count - 1) * UNIT + d]
    found[i] = near.sort()[reach]
  }
  return found
}

/** Some rows of values (N, width). */
export function rows(values: Float32Array, width: number, kept: number[]): Float32Array {
  const found = new Float32Array(kept.length * width)
  kept.forEach((row, i) => found.set(values.subarray(row * width, (row + 1) * width), i * width))
  return found
}
