/** From where the camera looks at a body, and what that does to angles: `models/form_view.py`. */
import { HIPS, K, SHOULDERS } from '@/pose/skeleton'
import { PROPORTIONS, type View } from './formTable'
import { clamp } from './numbers'

/** Of a plane's width: less is not worth stretching. */
const LEAST_SHOWN = 0.6
const DEGREES = 180 / Math.PI

/** (T,) yaw of points (T, K, 2): 0 from the side, 90 from the front or the back. */
export function yawDeg(points: Float64Array): Float64Array {
  return Float64Array.from({ length: points.length / (2 * K) }, (_, t) => {
    const at = (k: number, axis: number) => points[2 * (t * K + k) + axis]
    const trunk = (axis: number) =>
      (at(SHOULDERS[0], axis) + at(SHOULDERS[1], axis) - at(HIPS[0], axis) - at(HIPS[1], axis)) /
      2 /
      PROPORTIONS.trunk
    const wide = at(SHOULDERS[0], 0) - at(SHOULDERS[1], 0) + at(HIPS[0], 0) - at(HIPS[1], 0)
    const across = (wide / (PROPORTIONS.shoulders + PROPORTIONS.hips)) ** 2
    const [ahead, upright] = [trunk(0) ** 2, trunk(1) ** 2]
    const total = across + upright + ahead
    const scale = (total + Math.sqrt(Math.max(total ** 2 - 4 * across * upright, 0))) / 2
    return DEGREES * Math.asin(Math.sqrt(clamp(across / Math.max(scale, 1e-12), 0, 1)))
  })
}

const SHOWN: Readonly<Record<View, (radians: number) => number>> = {
  profile: Math.cos,
  side: Math.cos,
  front: Math.sin,
  any: () => 1,
}

/** Points (…, 2) stretched across, as they would look from the view in which they are judged. */
export function straightened(points: Float64Array, view: View, yaw: number): Float64Array {
  const share = Math.max(SHOWN[view](yaw / DEGREES), LEAST_SHOWN)
  return points.map((value, i) => (i % 2 ? value : value / share))
}
