/** From cycles in samples to what counts, and to attempts with why they did not: `models/reps.py`. */
import { isWhole, type Cycle } from './counting'
import { described, inDegrees } from './described'
import type { Track } from './features'
import { clamp, lowerBound, mean, median } from './numbers'
import type { Sequence } from './sequence'
import { MIN_MOVE, sizeWithin } from './stillness'
import type { Drive } from './swing'
import type { Count, Reading } from './tempo'

const MIN_SEEN = 0.3
const MAX_BLIND_S = 1.5
const MIN_SIZE = 0.25
const MIN_REP_MS = 250
const MIN_SURE = 0.4
const MIN_SURE_ALIKE = 0.2
const MIN_SURE_UNLIKE = 0.7
const ALIKE = 0.2
const UNLIKE = -0.6
const RUN_GAP_S = 0.1
/** Of a repetition. */
const LATE = 0.15

export type AttemptReason = 'incomplete' | 'too_small' | 'too_fast' | 'not_visible'

/** A span of time that counts as a repetition, and how sure its phase was. */
export interface Counted {
  startS: number
  endS: number
  confidence: number
}

/** A whole repetition: the turn, seconds on the way to it, there and back, and the range where the joint was seen. */
export interface Rep extends Counted {
  turnS: number
  romDeg: number | null
  tempoS: { down: number; pause: number; up: number }
}

/** Where it fell short and the joint was seen, with how far it went and how far this set's repetitions go. */
export interface Attempt {
  startS: number
  endS: number
  reason: AttemptReason
  romDeg?: number
  neededDeg?: number
}

export interface Judged {
  counted: Counted[]
  attempts: Attempt[]
}

/** What is known of the movement beside its phase. */
export interface Seen {
  sequence: Sequence
  source: Track
  drive: Drive
}

/** What most rates agree on: of the judged counts the middle one, the lower of two; `strictness` of certainty. */
export function agree(
  counts: Count[],
  { sequence, source, drive }: Seen,
  strictness = 1,
): { counted: Rep[]; attempts: Attempt[] } {
  const judged = counts.map((count) => judge(count, source, strictness))
  judged.sort((a, b) => a.counted.length - b.counted.length)
  const { counted, attempts } = judged[(judged.length - 1) >> 1] ?? { counted: [], attempts: [] }
  const lateS = LATE * median(counted.map(({ startS, endS }) => endS - startS))
  // Tempo and range belong to the movement itself, so they are measured before the span is moved; a turn before the
  // moved span is that of the repetition before.
  const reps = counted.map((one) => described(one, sequence, source, drive, one.startS + lateS))
  return {
    counted: later(reps, lateS, source),
    attempts: attempts.map((one) => inDegrees(one, reps, sequence, drive)),
  }
}

/** Without incomplete ones before the first repetition: that was getting into position. */
export function sinceFirst({ counted, attempts }: Judged): Attempt[] {
  const begunS = counted[0]?.startS ?? Infinity
  return attempts.filter(({ reason, startS }) => reason !== 'incomplete' || startS > begunS)
}

/** Spans as people mark them: the network's activity begins before they see a movement begin. */
function later(reps: Rep[], lateS: number, { tS }: Track): Rep[] {
  const lastS = tS[tS.length - 1]
  return reps.map((rep) => ({
    ...rep,
    startS: Math.min(rep.startS + lateS, rep.turnS),
    endS: Math.max(Math.min(rep.endS + lateS, lastS), rep.turnS),
  }))
}

/** Split cycles into what counts and attempts. */
export function judge({ reading, cycles, alike }: Count, source: Track, strictness = 1): Judged {
  const spans = cycles.map((cycle) => spanOf(cycle, reading))
  const sizes = spans.map((span) => sizeOf(source, span))
  const whole = sizes.filter((_, i) => isWhole(cycles[i]))
  const usual = whole.length ? median(whole) : 0
  const counted: Counted[] = []
  const attempts: Attempt[] = []
  cycles.forEach((cycle, i) => {
    const [startS, endS] = spans[i]
    const reason = fault(cycle, spans[i], sizes[i], usual, source)
    if (reason) attempts.push({ startS, endS, reason })
    else counted.push({ startS, endS, confidence: confidenceOf(reading, spans[i]) })
  })
  return { counted: sure(counted, strictness * leastSure(alike)), attempts }
}

type Span = readonly [startS: number, endS: number]

function confidenceOf({ times, certainty }: Reading, [startS, endS]: Span): number {
  const inside = certainty.filter((_, i) => times[i] >= startS && times[i] < endS)
  return inside.length ? mean(inside) : 0
}

function leastSure(alike: number): number {
  if (alike > ALIKE) return MIN_SURE_ALIKE
  return alike > UNLIKE ? MIN_SURE : MIN_SURE_UNLIKE
}

/** Without those of runs in which not one repetition was sure: that was walking, or standing. */
function sure(counted: Counted[], least: number): Counted[] {
  const kept: Counted[] = []
  let run: Counted[] = []
  counted.forEach((one, i) => {
    run.push(one)
    const next = counted[i + 1]
    if (next && next.startS - one.endS <= RUN_GAP_S) return
    if (run.some(({ confidence }) => confidence >= least)) kept.push(...run)
    run = []
  })
  return kept
}

/** Start and end in s; sample i spans half a sample to both sides of its time. */
function spanOf({ start, end }: Cycle, reading: Reading): Span {
  return [momentOf(start, reading), momentOf(end, reading)]
}

/** Seconds at a fractional sample; before the first and after the last it runs on. */
function momentOf(sample: number, { times, rateHz }: Reading): number {
  const middle = sample - 0.5
  const inner = clamp(middle, 0, times.length - 1)
  const left = Math.floor(inner)
  const right = Math.min(left + 1, times.length - 1)
  return times[left] + (inner - left) * (times[right] - times[left]) + (middle - inner) / rateHz
}

function fault(
  cycle: Cycle,
  [startS, endS]: Span,
  size: number,
  usual: number,
  { tS, seen }: Track,
): AttemptReason | null {
  const [first, last] = [lowerBound(tS, startS), lowerBound(tS, endS)]
  const sights = [startS, ...tS.subarray(first, last).filter((_, i) => seen[first + i] > 0), endS]
  const blindS = Math.max(...sights.slice(1).map((t, i) => t - sights[i]))
  const share = (sights.length - 2) / (last - first)
  if (last <= first || share < MIN_SEEN || blindS > MAX_BLIND_S) return 'not_visible'
  if (!isWhole(cycle)) return 'incomplete'
  if (size < Math.max(MIN_MOVE, MIN_SIZE * usual)) return 'too_small'
  return (endS - startS) * 1000 < MIN_REP_MS ? 'too_fast' : null
}

/** How far the more mobile half of the joints move, in bounding boxes. */
function sizeOf({ tS, unit }: Track, [startS, endS]: Span): number {
  const [first, last] = [lowerBound(tS, startS), lowerBound(tS, endS)]
  if (last - first < 2) return 0
  return sizeWithin(unit, first, last)
}
