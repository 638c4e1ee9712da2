/** Time held in a plank: the browser's copy of `models/holds.py`. */
import { K, KEYPOINTS } from '@/pose/skeleton'
import { trunkSlopeDeg, UNIT, type Track } from './features'
import { lerp } from './interpolate'
import { median } from './numbers'

const MAX_GAP_MS = 1_000
const LEVEL_DEG = 40
const CARRIED = 0.2
const STANDING = 0.8
const STILL = 0.8
const SMOOTH_S = 0.5

/** Seconds in which a plank was held, moments of bad sight bridged. */
export function heldS(source: Track, aspect: number | null): number {
  const { tS } = source
  if (tS.length < 2) return 0
  const isHeld = holding(source, aspect)
  const times = tS.filter((_, i) => isHeld[i])
  let held = 0
  for (let i = 1; i < times.length; i++) {
    const step = times[i] - times[i - 1]
    if (step * 1000 <= MAX_GAP_MS) held += step
  }
  return held
}

/** (T,) whether the frame shows a plank; stillness has to do where the aspect is unknown. */
export function holding({ tS, seen, points }: Track, aspect: number | null): boolean[] {
  const still = stillness(tS, points)
  const level = aspect === null ? null : trunkSlopeDeg(points, aspect)
  const resting = aspect === null ? null : restingOn(points, aspect)
  return still.map(
    (calm, i) => seen[i] > 0 && calm && (level?.[i] ?? 0) < LEVEL_DEG && (resting?.[i] ?? true),
  )
}

/** (T,) whether shoulders and hips stay where they are for a while around. */
function stillness(tS: Float64Array, points: Float32Array): boolean[] {
  const [shoulder, hip] = [joint(points, 'shoulder'), joint(points, 'hip')]
  const trunk = shoulder.map((value, i) => (value + hip[i]) / 2)
  const sizes = tS.map((_, t) => apart(shoulder, hip, t))
  const shifted = (by: number) =>
    lerp(
      tS,
      trunk,
      2,
      tS.map((t) => t + by),
    )
  const [later, earlier] = [shifted(SMOOTH_S / 2), shifted(-SMOOTH_S / 2)]
  const limit = STILL * Math.max(median(sizes), 1e-3)
  return Array.from(tS, (_, t) => apart(later, earlier, t) / SMOOTH_S < limit)
}

/** (T,) on hands below the shoulders, legs behind; by the middle of both sides. */
function restingOn(points: Float32Array, aspect: number): boolean[] {
  const square = points.map((value, i) => (i % 2 ? value : value * aspect))
  const [shoulder, hip, knee, ankle, wrist] = ['shoulder', 'hip', 'knee', 'ankle', 'wrist'].map((name) =>
    joint(square, name),
  )
  return Array.from({ length: points.length / UNIT }, (_, t) => {
    const size = apart(shoulder, hip, t)
    const y = 2 * t + 1
    const legs = (knee[y] + ankle[y]) / 2
    return wrist[y] - shoulder[y] > CARRIED * size && legs - hip[y] < STANDING * size
  })
}

const apart = (a: Float32Array, b: Float32Array, t: number): number =>
  Math.hypot(a[2 * t] - b[2 * t], a[2 * t + 1] - b[2 * t + 1])

/** (T, 2): the middle between the left and the right one. */
function joint(points: Float32Array, name: string): Float32Array {
  const sides = ['left', 'right'].map((side) => KEYPOINTS.indexOf(`${side}_${name}`))
  return Float32Array.from({ length: points.length / K }, (_, i) => {
    const at = (i >> 1) * UNIT + (i % 2)
    return (points[at + 2 * sides[0]] + points[at + 2 * sides[1]]) / 2
  })
}
