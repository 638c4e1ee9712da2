/** Which of several sampling rates to count at: the browser's copy of `models/tempo.py`, which says why. */
import { cycles, decode, isWhole, type Cycle, type Phases } from './counting'
import { foretold, strays, type Rows } from './likeness'
import { argmax, clamp, lowerBound, quantile, sigmoid } from './numbers'

export const LADDER_HZ: readonly number[] = Array.from({ length: 21 }, (_, step) => 36 / 1.5 ** (step / 3))
const NEAR = 4
const BESIDE = 2
const LEAST_TRUST = 0.15
const BEST_SPAN = 9
const SPAN_SPREAD = 0.7
const MIN_SAMPLES = 6
const TRUST_WEIGHT = 1.5

/** What the network answered at one rate. */
export interface Reading {
  rateHz: number
  /** (N,) s. */
  times: Float64Array
  /** Its inputs, without the share seen. */
  samples: Rows
  phases: Phases
  /** (classes,). */
  logits: Float64Array
  /** (N,) length of the phase vector where there is activity: 0 unsure, 1 sure. */
  certainty: Float64Array
  /** Duration of a repetition in s, weighted towards samples whose phase is sure. */
  periodS: number
  /** How much the reading is worth: sure of the phase, and in its best range. */
  trust: number
}

/** Cycles found at one rate, those unlike the others left out. */
export interface Count {
  reading: Reading
  cycles: Cycle[]
  alike: number
  explained: number
}

type Answered = Pick<Reading, 'rateHz' | 'times' | 'samples' | 'phases' | 'logits'>

export function readingOf(answered: Answered): Reading {
  const { rateHz, phases } = answered
  const certainty = phases.activity.map(
    (activity, i) => Math.min(1, Math.hypot(phases.cos[i], phases.sin[i])) * sigmoid(activity),
  )
  let weights = 0
  let weighted = 0
  certainty.forEach((sure, i) => {
    weights += sure + 1e-6
    weighted += phases.logFrequency[i] * (sure + 1e-6)
  })
  const periodS = Math.exp(-weighted / weights) / rateHz
  const off = Math.log((rateHz * periodS) / BEST_SPAN) / SPAN_SPREAD
  return { ...answered, certainty, periodS, trust: quantile(certainty, 0.8) * Math.exp(-0.5 * off ** 2) }
}

/** Rates worth looking at: none much above the frame rate, none that leaves too few samples. */
export function rates(fps: number, durationS: number): number[] {
  const chosen = LADDER_HZ.filter((rate) => rate <= 1.4 * fps && rate * durationS >= MIN_SAMPLES)
  return chosen.length ? chosen : [clamp(fps, LADDER_HZ[LADDER_HZ.length - 1], LADDER_HZ[0])]
}

/**
 * Counts at the rate near the voted one where cycles are most alike, and at those beside it; `strictness` of trust,
 * `isOpen` where the set goes on after the readings.
 */
export function choose(readings: Reading[], strictness = 1, isOpen = false): Count[] {
  const counts = around(vote(readings), NEAR, readings).map((reading) => count(reading, isOpen))
  const scores = counts.map(({ explained, reading }) => explained + TRUST_WEIGHT * reading.trust)
  const best = counts[argmax(scores)].reading
  if (best.trust < strictness * LEAST_TRUST) return []
  return around(readings.indexOf(best), BESIDE, readings).map(
    (reading) => counts.find((known) => known.reading === reading) ?? count(reading, isOpen),
  )
}

function around(index: number, steps: number, readings: Reading[]): Reading[] {
  return readings.slice(Math.max(0, index - steps), index + steps + 1)
}

/** Index of the reading at which the weighted median period spans nearest to BEST_SPAN. */
function vote(readings: Reading[]): number {
  const weightOf = ({ trust }: Reading) => trust ** 3 + 1e-9
  const ordered = [...readings].sort((a, b) => a.periodS - b.periodS)
  let total = 0
  const running = ordered.map((reading) => (total += weightOf(reading)))
  const { periodS } = ordered[Math.min(lowerBound(running, total / 2), ordered.length - 1)]
  const far = readings.map(({ rateHz }) => -Math.abs(Math.log((rateHz * periodS) / BEST_SPAN)))
  return argmax(far)
}

export function count(reading: Reading, isOpen = false): Count {
  const path = decode(reading.phases)
  const found = cycles(path, isOpen)
  const whole = found.filter(isWhole)
  const stray = strays(reading.samples, whole)
  const leftOut = new Set(whole.filter((_, i) => stray[i]))
  const kept = found.filter((cycle) => !leftOut.has(cycle))
  return { reading, cycles: kept, ...foretold(reading.samples, path, whole) }
}
