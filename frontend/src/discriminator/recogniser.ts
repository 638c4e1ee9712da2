/** The exercise by a linear function of posture statistics: the browser's copy of `models/recogniser.py`. */
import { lowerBound, mean, sigmoid } from './numbers'
import { channels, RATE_HZ, sampled, statistics } from './postures'
import type { Track } from './features'
import { softmax, type Probabilities } from './recognition'
import type { Reading } from './tempo'

/** Farther from the mean, in spreads, is an estimator's error. */
const FAR = 5
const ACTIVE = 0.5
const LEAST_ACTIVE_S = 2.5

/** Fitted to statistics (D,): `weights` (C, D) and `bias` (C,) give logits. */
export interface Recogniser {
  classes: readonly string[]
  mean: Float32Array
  spread: Float32Array
  weights: Float32Array
  bias: Float32Array
  temperature: number
}

/** As `models/export_recogniser.py` writes it: arrays as base64 of their bytes. */
export interface RecogniserFile {
  classes: string[]
  mean: string
  spread: string
  weights: string
  bias: string
  temperature: number
}

export function recogniserOf({ classes, temperature, ...arrays }: RecogniserFile): Recogniser {
  const floats = (text: string) =>
    new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer)
  const [mean, spread, weights, bias] = [arrays.mean, arrays.spread, arrays.weights, arrays.bias].map(floats)
  if (weights.length !== classes.length * mean.length) {
    throw new Error(`weights: expected ${classes.length} × ${mean.length} values, got ${weights.length}`)
  }
  return { classes, mean, spread, weights, bias, temperature }
}

/** Class probabilities of the part of the set in which the network sees exercise. */
export function recognise(
  source: Track,
  aspect: number,
  readings: readonly Reading[],
  recogniser: Recogniser,
): Probabilities {
  const { poses, times } = sampled(source, aspect)
  const active = activeAt(times, readings)
  const described = statistics(channels(poses.filter((_, i) => active[i])))
  const logits = recogniser.classes.map((_, c) => logit(described, recogniser, c) / recogniser.temperature)
  const found = softmax(logits)
  return new Map(recogniser.classes.map((slug, c) => [slug, found[c]]))
}

function logit(described: number[], { mean, spread, weights, bias }: Recogniser, c: number): number {
  return described.reduce((sum, value, d) => {
    const standard = Math.min(FAR, Math.max(-FAR, (value - mean[d]) / spread[d]))
    return sum + standard * weights[c * mean.length + d]
  }, bias[c])
}

/** Which of these times have exercise, or the likeliest where there are too few. */
function activeAt(times: readonly number[], readings: readonly Reading[]): boolean[] {
  const activity = times.map((t) => mean(readings.map((reading) => activityAt(reading, t))))
  const fewest = Math.min(times.length, Math.round(LEAST_ACTIVE_S * RATE_HZ))
  const least = Math.min(ACTIVE, [...activity].sort((a, b) => a - b)[times.length - fewest])
  return activity.map((value) => value >= least)
}

/** Probability of activity, between samples linearly, beyond the ends held. */
function activityAt({ times, phases }: Reading, t: number): number {
  const last = times.length - 1
  const right = Math.min(Math.max(lowerBound(times, t), 1), last)
  const chance = (i: number) => sigmoid(phases.activity[i])
  if (last < 1 || t <= times[0]) return chance(0)
  if (t >= times[last]) return chance(last)
  const share = (t - times[right - 1]) / (times[right] - times[right - 1])
  return chance(right - 1) * (1 - share) + chance(right) * share
}
