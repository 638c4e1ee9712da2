/** The angle of one joint in one frame. */
import type { Frame } from './frame'
import { ANGLES, C, type AngleName } from './skeleton'

/** An angle in degrees, [0, 180], and the score of the keypoint that is least sure. */
export interface JointAngle {
  deg: number
  score: number
}

/** Null where one of the three keypoints is not seen, or two of them fall together. */
export function jointAngle(
  { pose, widthPx, heightPx }: Pick<Frame, 'pose' | 'widthPx' | 'heightPx'>,
  name: AngleName,
  minScore = 0.3,
): JointAngle | null {
  const keypoints = ANGLES[name]
  const score = Math.min(...keypoints.map((k) => pose[k * C + 2]))
  if (score < minScore) return null
  const [a, b, c] = keypoints.map((k) => [pose[k * C] * widthPx, pose[k * C + 1] * heightPx] as const)
  const [ux, uy, vx, vy] = [a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]]
  if ((ux === 0 && uy === 0) || (vx === 0 && vy === 0)) return null
  const radians = Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy))
  return { deg: (radians * 180) / Math.PI, score }
}
