/** From class logits at several rates to one answer: the browser's copy of `models/recognition.py`. */
import { mean } from './numbers'
import type { Reading } from './tempo'

const REST = 'rest'
const UNKNOWN = 'unknown'
export const HOLD = 'plank'
const LYING = ['push_up', 'bench_press', 'mountain_climber', 'plank']
const UPRIGHT = [
  ...['squat', 'pull_up', 'lunge', 'jumping_jack', 'bicep_curl', 'shoulder_press'],
  ...['front_raise', 'high_knees'],
]
const BENT = ['deadlift']
const RARE = ['pommel_horse']
const EITHER = 0.5
const DOUBT = 0.1
const MIN_CONFIDENCE = 0.2
const MIN_HOLD_S = 2

export type Probabilities = ReadonlyMap<string, number>

/** Class probabilities: every reading has one vote. `level`: share of the time with a level trunk, null unknown. */
export function probabilities(
  readings: readonly Reading[],
  classes: readonly string[],
  level: number | null,
): Probabilities {
  const logits = classes.map((_, c) => mean(readings.map((reading) => reading.logits[c])))
  const most = Math.max(...logits)
  const odds = logits.map((logit, c) => Math.exp(logit - most) * fit(classes[c], level))
  const total = odds.reduce((sum, value) => sum + value, 0)
  return new Map(classes.map((slug, c) => [slug, odds[c] / total]))
}

/** How well a class fits a trunk that was level for this share of the time. */
function fit(slug: string, level: number | null): number {
  if (level === null) return 1
  if (RARE.includes(slug)) return DOUBT
  if (BENT.includes(slug)) return DOUBT + Math.min(1, 4 * level) * (1 - level)
  if (UPRIGHT.includes(slug)) return DOUBT + 1 - level
  return DOUBT + (LYING.includes(slug) ? level : EITHER)
}

/** The exercise; null when nothing was counted and nothing was held. */
export function nameOf(found: Probabilities, repCount: number, heldS: number): string | null {
  if (repCount === 0) return heldS >= MIN_HOLD_S ? HOLD : null
  const named = [...found].filter(([slug]) => ![REST, UNKNOWN, HOLD].includes(slug))
  const [best, probability] = named.reduce((a, b) => (b[1] > a[1] ? b : a))
  return probability >= MIN_CONFIDENCE ? best : UNKNOWN
}
