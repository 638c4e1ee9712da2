/** Turn, tempo and range of what counts, and by how much an attempt fell short: the copy of `models/described.py`. */
import { F, inputs, UNIT, type Track } from './features'
import { argmax, lowerBound, mean, median, quantile, sum } from './numbers'
import type { Attempt, AttemptReason, Counted, Rep } from './reps'
import type { Sequence } from './sequence'
import { rangeDeg, swingDeg, type Drive } from './swing'

/** Of the way is at the turn, for the pause there. */
const AT_TURN = 0.85
/** Of the way at both ends: the span begins at the turn. */
const BEGUN = 0.5
/** Degrees say by how much. */
const SHORT: readonly AttemptReason[] = ['incomplete', 'too_small']

/**
 * The turn is where the joint is bent most, or least, as the exercise has it; where no angle can be taken, where the
 * whole pose is farthest from where it began. It is looked for from `turnsFromS` on, where any frame of the span is as
 * late as that.
 */
export function described(
  counted: Counted,
  sequence: Sequence,
  source: Track,
  drive: Drive,
  turnsFromS = 0,
): Rep {
  const { startS, endS } = counted
  const [first, last] = [lowerBound(source.tS, startS), lowerBound(source.tS, endS)]
  const swing = swingDeg(sequence, first, last, drive.joint)
  const tS = source.tS.subarray(first, last)
  const away =
    swing && drive.opens !== null
      ? towards(swing, drive.opens)
      : distances(poseInputs(source, first, last), F)
  const tempoS = tempoOf(away, steps(tS, startS, endS))
  const from = Math.min(lowerBound(tS, turnsFromS), tS.length - 1)
  const turnS = tS[from + argmax(away.subarray(from))]
  return { ...counted, turnS, romDeg: swing && rangeDeg(swing), tempoS }
}

/** How far it went and how far this person's repetitions go; nothing where it went as far. */
export function inDegrees(
  attempt: Attempt,
  reps: readonly Rep[],
  sequence: Sequence,
  { joint }: Drive,
): Attempt {
  const ranges = reps.flatMap(({ romDeg }) => romDeg ?? [])
  if (!SHORT.includes(attempt.reason) || !ranges.length) return attempt
  const at = (s: number) => lowerBound(sequence.tMs, Math.round(1000 * s))
  const swing = swingDeg(sequence, at(attempt.startS), at(attempt.endS), joint)
  const neededDeg = median(ranges)
  if (!swing || rangeDeg(swing) >= neededDeg) return attempt
  return { ...attempt, romDeg: rangeDeg(swing), neededDeg }
}

function poseInputs({ unit, seen }: Track, first: number, last: number): Float32Array {
  return inputs(unit.subarray(first * UNIT, last * UNIT), seen.subarray(first, last))
}

/** (T + 1,) seconds before, between and after these times. */
function steps(tS: Float64Array, startS: number, endS: number): Float64Array {
  const times = [startS, ...tS, endS]
  return Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1] - times[i])
}

/**
 * Seconds to the turn, there, and back. A span that begins and ends at the turn is read from the rest in its middle
 * onwards, its end followed by its beginning, as repetitions follow one another.
 */
function tempoOf(away: Float64Array, stepsS: Float64Array): Rep['tempoS'] {
  const count = away.length
  const most = away[argmax(away)]
  const begun = (away[0] + away[count - 1]) / 2 > BEGUN * most
  const start = begun ? argmax(away.map((value) => -value)) : 0
  const at = (i: number) => (start + i) % count
  const far = Array.from(away.keys()).filter((i) => away[at(i)] > AT_TURN * most)
  const [arrived, left] = [far[0] ?? 0, far[far.length - 1] ?? 0]
  const lasting = (from: number, to: number) =>
    sum(Array.from({ length: to - from }, (_, i) => stepsS[at(from + i)]))
  const [down, pause] = [lasting(0, arrived + 1), lasting(arrived + 1, left + 1)]
  return { down: Math.max(0, down), pause: Math.max(0, pause), up: Math.max(0, sum(stepsS) - down - pause) }
}

/** (T,) degrees on the way to the turn, of (T,) degrees of the joint. */
function towards(swing: Float32Array, opens: boolean): Float64Array {
  const [low, high] = [quantile(swing, 0.05), quantile(swing, 0.95)]
  return meanOfThree(Float64Array.from(swing, (deg) => Math.max(0, opens ? deg - low : high - deg)))
}

/** (T,) how far each row of (T, D) is from those at the ends. */
function distances(values: Float32Array, width: number): Float64Array {
  const count = values.length / width
  const edge = Math.max(1, Math.trunc(count / 10))
  const column = (d: number, from: number, to: number) =>
    mean(Array.from({ length: to - from }, (_, i) => values[(from + i) * width + d]))
  const ends = Float64Array.from({ length: width }, (_, d) => {
    return (column(d, 0, edge) + column(d, count - edge, count)) / 2
  })
  const far = Float64Array.from({ length: count }, (_, t) => {
    return Math.hypot(...ends.map((end, d) => values[t * width + d] - end))
  })
  return meanOfThree(far)
}

function meanOfThree(values: Float64Array): Float64Array {
  const at = (t: number) => values[Math.min(values.length - 1, Math.max(0, t))]
  return values.map((_, t) => (at(t - 1) + at(t) + at(t + 1)) / 3)
}
