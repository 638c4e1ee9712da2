/** Unsure keypoints give way to their neighbours in time: `_steady` of `models/features.py`. */
import { C, K } from '@/pose/skeleton'
import { integral } from './interpolate'

/** Seconds around a frame whose keypoints help, and how much they weigh beside the frame's own. */
const SPANS = [
  { spanS: 0.12, weight: 0.3 },
  { spanS: 0.5, weight: 0.05 },
] as const
const LEAST_SCORE = Math.fround(0.01)
/** Squared score from which a keypoint is trusted alone. */
const TRUSTED = Math.fround(0.16)

/** (T, K, 2) of poses (T, K, C). */
export function steady(poses: Float32Array, tS: Float64Array): Float32Array {
  const near = new Float32Array(poses.length)
  for (let at = 0; at < poses.length; at += C) {
    const weight = Math.fround(Math.max(poses[at + 2], LEAST_SCORE) ** 2)
    near[at] = poses[at] * weight
    near[at + 1] = poses[at + 1] * weight
    near[at + 2] = weight
  }
  const mixed = Float64Array.from(near, (own) => Math.fround(own + 1e-9))
  for (const { spanS, weight } of SPANS) {
    const around = (sign: number) => tS.map((t) => t + (sign * spanS) / 2)
    const after = integral(tS, near, K * C, around(1))
    const before = integral(tS, near, K * C, around(-1))
    mixed.forEach((own, i) => (mixed[i] = own + (weight * (after[i] - before[i])) / spanS))
  }
  const points = new Float32Array((poses.length / C) * 2)
  for (let at = 0, to = 0; at < poses.length; at += C, to += 2) {
    const trust = Math.fround(Math.min(1, near[at + 2] / TRUSTED))
    for (let axis = 0; axis < 2; axis++) {
      const carried = mixed[at + axis] / mixed[at + 2]
      points[to + axis] = Math.fround(trust * poses[at + axis]) + (1 - trust) * carried
    }
  }
  return points
}
