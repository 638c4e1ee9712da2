/** Which setting a device should use: the most exact one that keeps up with a camera. */
import accuracy from './accuracy.json'
import type { ModelName } from './combinations'
import { measured, type Measured, type Result } from './result'

/** Where nothing keeps up: what is this near to the fastest counts as equally fast. */
const NEARLY = 0.8

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
 * The most exact model among the results that reach 30 frames/s, on its fastest engine; where none does, the most exact
 * of the fastest. Null when nothing could be measured.
 */
export function pick(
  results: readonly Result[],
  oks: Readonly<Record<ModelName, number>> = OKS,
): Pick | null {
  const all = measured(results)
  const fastest = Math.max(...all.map(({ figures }) => figures.framesPerS))
  const keepsUp = fastest >= ENOUGH_FRAMES_PER_S
  const least = keepsUp ? ENOUGH_FRAMES_PER_S : NEARLY * fastest
  const [result] = all
    .filter(({ figures }) => figures.framesPerS >= least)
    .sort((a, b) => oks[b.model] - oks[a.model] || b.figures.framesPerS - a.figures.framesPerS)
  return result ? { result, keepsUp } : null
}
