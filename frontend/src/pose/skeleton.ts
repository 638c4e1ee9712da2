/** The 17 keypoints, their edges, mirror pairs and joint angles: the same file that the server reads. */
import facts from '@facts/skeleton.json'

export const KEYPOINTS: readonly string[] = facts.keypoints
export const EDGES = facts.edges as unknown as readonly (readonly [number, number])[]
export const MIRROR: readonly number[] = facts.mirror
export const ANGLES = facts.angles as unknown as Readonly<
  Record<AngleName, readonly [number, number, number]>
>
export const ESTIMATORS: Readonly<Record<Estimator, number>> = facts.estimators

/** K, the number of keypoints, and C, the numbers of each: x, y, score. */
export const K = KEYPOINTS.length
export const C = 3

const pair = (name: string) => ['left', 'right'].map((side) => KEYPOINTS.indexOf(`${side}_${name}`))
export const SHOULDERS: readonly number[] = pair('shoulder')
export const HIPS: readonly number[] = pair('hip')

export type AngleName = keyof typeof facts.angles
export type Estimator = keyof typeof facts.estimators
