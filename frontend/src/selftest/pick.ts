/** Which setting a device should use: the most exact one that keeps up with a camera. */
import accuracy from './accuracy.json'
import type { ModelName } from './combinations'
import { measured, type Measured, type Result } from './result'

/** As many pictures as a camera gives in a second. */
export const ENOUGH_FRAMES_PER_S = 30

/** Mean OKS on people of known keypoints, as measured for docs/experiments/backends.md. */
export const OKS: Readonly<Record<ModelName, number>> = accuracy.oks

export interface Pick {
  result: Measured
  /** Whether it reaches ENOUGH_FRAMES_PER_S; else it is the fastest there is. */
  keepsUp: boolean
}

/**
 * The most exact model among the results that reach 30 frames/s, on its fastest engine; where none does, the fastest
 * result, of equally fast ones the more exact. Null when nothing could be measured.
 */
export function pick(
  results: readonly Result[],
  oks: Readonly<Record<ModelName, number>> = OKS,
): Pick | null {
  const all = measured(results)
  const enough = all.filter(({ figures }) => figures.framesPerS >= ENOUGH_FRAMES_PER_S)
  const byAccuracy = (a: Measured, b: Measured) => oks[b.model] - oks[a.model]
  const bySpeed = (a: Measured, b: Measured) => b.figures.framesPerS - a.figures.framesPerS
  const best = enough.sort((a, b) => byAccuracy(a, b) || bySpeed(a, b))[0]
  if (best) return { result: best, keepsUp: true }
  const fastest = all.sort((a, b) => bySpeed(a, b) || byAccuracy(a, b))[0]
  return fastest ? { result: fastest, keepsUp: false } : null
}
