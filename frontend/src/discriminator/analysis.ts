/** What somebody did in a sequence, without asking the server: the browser's copy of `models/discriminator.py`. */
import { F, sample, sampleTimes, track, visible, type Track } from './features'
import { heldS } from './holds'
import type { Network } from './network'
import { mean } from './numbers'
import { HOLD, likeliest, nameOf, probabilities } from './recognition'
import { recognise } from './recogniser'
import { agree, sinceFirst, type Attempt, type Rep } from './reps'
import type { Sequence } from './sequence'
import { cutStillness, type Clock } from './stillness'
import { driveOf } from './swing'
import { choose, rates, readingOf, type Reading } from './tempo'

const MIN_FRAMES = 3
const MIN_VISIBLE = 0.1
/** Samples of nothing on both sides, as the network was trained with. */
const MARGIN = 12
/** Probability from which postures that can hardly be another thing stand in for repetitions that are sure. */
const EVIDENT = 0.6
const LENIENCE = 0.4

export interface Analysis {
  /** A catalogue slug, "unknown", or null when nobody exercised. */
  exercise: string | null
  /** Of the recognition, in [0, 1]. */
  confidence: number
  reps: Rep[]
  attempts: Attempt[]
  /** Seconds held, for holds only. */
  holdS: number | null
  /** The rate at which the middle count was found; null where no rate shows repetitions. */
  rateHz: number | null
}

export interface AnalyzeOptions {
  /** The slug that the athlete chose; null to recognise it. */
  exercise?: string | null
  /** Look only at rates that this accepts: a quick look between two full ones. */
  near?: (rateHz: number) => boolean
  /** The set goes on after the sequence, so what is under way at its end is no result yet. */
  isOpen?: boolean
}

/** Recognise and count. */
export function analyze(sequence: Sequence, network: Network, options: AnalyzeOptions = {}): Analysis {
  const chosen = options.exercise ?? null
  const seen = visible(sequence)
  if (seen.length < MIN_FRAMES || mean(seen) < MIN_VISIBLE) {
    const holdS = chosen === HOLD ? 0 : null
    return { exercise: chosen, confidence: 0, reps: [], attempts: [], holdS, rateHz: null }
  }
  const source = track(sequence)
  const readings = read(source, network, options.near)
  const { aspect } = sequence
  const postures = aspect === null ? new Map() : recognise(source, aspect, readings, network.recogniser)
  const found = probabilities(readings, network.card.classes, postures)
  const drive = driveOf(chosen ?? likeliest(found)[0])
  const known = { sequence, source, drive }
  let counts = choose(readings, 1, options.isOpen)
  let { counted, attempts } = agree(counts, known)
  if (!counted.length && likeliest(found)[1] >= EVIDENT) {
    counts = choose(readings, LENIENCE, options.isOpen)
    ;({ counted, attempts } = agree(counts, known, LENIENCE))
  }
  if (options.isOpen) attempts = sinceFirst({ counted, attempts })
  const held = mayBeHeld(chosen, counted, sequence) ? heldS(source, aspect) : 0
  const exercise = chosen ?? nameOf(found, counted.length, held)
  const isHold = exercise === HOLD
  return {
    exercise,
    confidence: found.get(exercise ?? 'rest') ?? 0,
    reps: isHold ? [] : counted,
    attempts: isHold ? [] : attempts,
    holdS: isHold ? held : null,
    rateHz: counts[counts.length >> 1]?.reading.rateHz ?? null,
  }
}

function mayBeHeld(chosen: string | null, counted: Rep[], { aspect }: Sequence): boolean {
  return chosen === HOLD || (!counted.length && aspect !== null)
}

/** The network's answer at every rate that is worth looking at, long stillness left out. */
function read(source: Track, network: Network, near: AnalyzeOptions['near']): Reading[] {
  const { lively, realOf } = cutStillness(source)
  const { tS } = lively
  const durationS = tS[tS.length - 1] - tS[0]
  const fps = (tS.length - 1) / Math.max(durationS, 1e-3)
  const all = rates(fps, durationS)
  const some = near ? all.filter(near) : all
  return (some.length ? some : all).map((rateHz) => readAt(lively, realOf, network, rateHz))
}

function readAt(lively: Track, realOf: Clock, network: Network, rateHz: number): Reading {
  const samples = sample(lively, rateHz)
  const times = sampleTimes(lively.tS, rateHz).map(realOf)
  const answer = network.read(padded(samples))
  const column = (c: number) => Float64Array.from(times, (_, i) => answer.track[(MARGIN + i) * 4 + c])
  const [cos, sin, activity, logFrequency] = [0, 1, 2, 3].map(column)
  return readingOf({
    rateHz,
    times,
    samples: { values: samples.filter((_, i) => i % F < F - 1), width: F - 1 },
    phases: { cos, sin, activity, logFrequency },
    logits: Float64Array.from(answer.classes),
  })
}

/** Samples (N, F) with the ends held, marked unseen. */
function padded(samples: Float32Array): Float32Array {
  const found = new Float32Array(samples.length + 2 * MARGIN * F)
  found.set(samples, MARGIN * F)
  const [first, last] = [samples.slice(0, F), samples.slice(-F)]
  first[F - 1] = last[F - 1] = 0
  for (let i = 0; i < MARGIN; i++) {
    found.set(first, i * F)
    found.set(last, found.length - (i + 1) * F)
  }
  return found
}
