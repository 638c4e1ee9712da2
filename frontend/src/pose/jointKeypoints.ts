/** Which keypoints a joint is, on both sides. */
import { ANGLES, HIPS, KEYPOINTS, SHOULDERS, type AngleName } from './skeleton'

const SIDES = ['left', 'right'] as const

/** Indices for an angle's name without its side, a keypoint's, or "trunk"; none for what is not a joint. */
export function keypointsOf(joint: string): readonly number[] {
  if (joint === 'trunk') return [...SHOULDERS, ...HIPS]
  const angles = SIDES.flatMap((side) => ANGLES[`${side}_${joint}` as AngleName]?.[1] ?? [])
  if (angles.length) return angles
  return SIDES.map((side) => KEYPOINTS.indexOf(`${side}_${joint}`)).filter((k) => k >= 0)
}
