/** Turn, tempo and range of what counts, and by how much an attempt fell short: `_rep` and `_in_degrees` of `models/reps.py`. */
import { F, inputs, UNIT, type Track } from './features'
import { argmax, lowerBound, mean, median } from './numbers'
import type { Attempt, AttemptReason, Counted, Rep } from './reps'
import type { Sequence } from './sequence'
import { rangeDeg, swingDeg } from './swing'

/** Of the way is at the turn, for the pause there. */
const AT_TURN = 0.85
/** Degrees say by how much. */
const SHORT: readonly AttemptReason[] = ['incomplete', 'too_small']

/** The turn is where the joint is farthest from where it began, or the whole pose, where no angle can be taken. */
export function described(counted: Counted, sequence: Sequence, source: Track, joint: string): Rep {
  const { startS, endS } = counted
  const [first, last] = [lowerBound(source.tS, startS), lowerBound(source.tS, endS)]
  const swing = swingDeg(sequence, first, last, joint)
  const tS = source.tS.subarray(first, last)
  const away = swing ? distances(swing, 1) : distances(poseInputs(source, first, last), F)
  const turn = argmax(away)
  const far = Array.from(away.keys()).filter((i) => away[i] > AT_TURN * away[turn])
  const arrivedS = tS[far[0] ?? turn]
  const leftS = tS[far[far.length - 1] ?? turn]
  const seconds = (s: number): number => Math.max(0, s)
  const tempoS = {
    down: seconds(arrivedS - startS),
    pause: seconds(leftS - arrivedS),
    up: seconds(endS - leftS),
  }
  return { ...counted, turnS: tS[turn], romDeg: swing && rangeDeg(swing), tempoS }
}

/** How far it went and how far this person's repetitions go; nothing where it went as far. */
export function inDegrees(
  attempt: Attempt,
  reps: readonly Rep[],
  sequence: Sequence,
  joint: string,
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

/** (T,) how far each row of (T, D) is from those at the ends, as a running mean over three. */
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
  const at = (t: number) => far[Math.min(count - 1, Math.max(0, t))]
  return far.map((_, t) => (at(t - 1) + at(t) + at(t + 1)) / 3)
}
