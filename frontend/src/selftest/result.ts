/** What came of a combination: figures, or the reason why there are none. */
import type { Combination } from './combinations'

export interface Figures {
  framesPerS: number
  /** Of a picture, from the page to the worker and back. */
  medianMs: number
  slowestMs: number
  /** From nothing to the first picture that could be looked at: download, start and warm-up. */
  startMs: number
  threads: number
  frames: number
}

export type Result = Combination & ({ figures: Figures } | { reason: string })

export type Measured = Combination & { figures: Figures }

export function measured(results: readonly Result[]): Measured[] {
  return results.filter((result): result is Measured => 'figures' in result)
}

/** `timesMs` are those of single pictures, in order. Throws RangeError for none. */
export function figuresOf(timesMs: readonly number[], startMs: number, threads: number): Figures {
  if (timesMs.length === 0) throw new RangeError('timesMs: expected at least one time')
  const sorted = [...timesMs].sort((a, b) => a - b)
  const medianMs = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
  return {
    framesPerS: 1_000 / Math.max(medianMs, 0.01),
    medianMs,
    slowestMs: sorted[sorted.length - 1],
    startMs,
    threads,
    frames: timesMs.length,
  }
}
