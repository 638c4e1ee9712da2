/** From what the network and the postures say to one answer: the browser's copy of `models/recognition.py`. */
import { mean } from './numbers'
import type { Reading } from './tempo'

const REST = 'rest'
const UNKNOWN = 'unknown'
export const HOLD = 'plank'
/** Weight of the postures of the whole set; the rest is the network's. */
const POSTURES = 0.5
const RARE = ['pommel_horse']
const RARELY = 0.02
const MIN_CONFIDENCE = 0.08
const MIN_HOLD_S = 2
/** Probability of what the postures rule out. */
const LEAST = 1e-4

export type Probabilities = ReadonlyMap<string, number>

/** Class probabilities: a weighted geometric mean; every reading has one vote, whatever its rate. */
export function probabilities(
  readings: readonly Reading[],
  classes: readonly string[],
  postures: Probabilities,
): Probabilities {
  const logits = classes.map((_, c) => mean(readings.map((reading) => reading.logits[c])))
  const own = softmax(logits)
  const mixed = classes.map((slug, c) => {
    const others = Math.max(postures.get(slug) ?? 0, LEAST)
    const rare = RARE.includes(slug) ? Math.log(RARELY) : 0
    return POSTURES * Math.log(others) + (1 - POSTURES) * Math.log(own[c]) + rare
  })
  const found = softmax(mixed)
  return new Map(classes.map((slug, c) => [slug, found[c]]))
}

export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const odds = logits.map((logit) => Math.exp(logit - most))
  const total = odds.reduce((sum, value) => sum + value, 0)
  return odds.map((value) => value / total)
}

/** The exercise with the highest probability, rest, holds and unknown aside. */
export function likeliest(found: Probabilities): [slug: string, probability: number] {
  const named = [...found].filter(([slug]) => ![REST, UNKNOWN, HOLD].includes(slug))
  return named.reduce((a, b) => (b[1] > a[1] ? b : a))
}

/** The exercise; null when nothing was counted and nothing was held. */
export function nameOf(found: Probabilities, repCount: number, heldS: number): string | null {
  if (repCount === 0) return heldS >= MIN_HOLD_S ? HOLD : null
  const [best, probability] = likeliest(found)
  return probability >= MIN_CONFIDENCE ? best : UNKNOWN
}
