/** What of the body is in the picture, so that the page can say "I lost sight of your feet". */

export type Sight = 'nobody' | 'whole' | 'head' | 'arms' | 'hips' | 'legs' | 'feet'

/** Score above which a keypoint counts as seen; the same as the skeleton is drawn with. */
export const SEEN = 0.3

const LEAST_KEYPOINTS = 5

/** Left and right of each; one of the two is enough, from the side the other is hidden. In order of what to say first. */
const PARTS: readonly [Exclude<Sight, 'nobody' | 'whole'>, readonly number[]][] = [
  ['hips', [11, 12]],
  ['legs', [13, 14]],
  ['feet', [15, 16]],
  ['arms', [7, 8, 9, 10]],
  ['head', [0, 1, 2, 3, 4]],
]

/** @param scores one per keypoint of `models/skeleton.json`, in [0, 1] */
export function sightOf(scores: readonly number[]): Sight {
  const seen = (index: number): boolean => (scores[index] ?? 0) >= SEEN
  if (scores.filter((score) => score >= SEEN).length < LEAST_KEYPOINTS) return 'nobody'
  const missing = PARTS.find(([, keypoints]) => !keypoints.some(seen))
  return missing ? missing[0] : 'whole'
}
