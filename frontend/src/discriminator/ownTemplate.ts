/**
 * What is kept of an exercise that somebody has shown once: the browser's copy of `models/own_template.py`.
 *
 * The server makes the template that is stored; this one is for trying it out before it is saved.
 */
import { K, KEYPOINTS } from '@/pose/skeleton'
import { F, sample, sampleTimes, track, UNIT, visible, type Track } from './features'
import { mean, median } from './numbers'
import { measured, proposed, type Joint } from './ownJoints'
import type { Sequence } from './sequence'

export const RATE_HZ = 15
export const PHASES = 16
export const LEAST_MARKS = 2
export const MOST_MARKS = 6
/** Features of a pose. */
export const D = F - 1
const LEAST_MOVE = 0.05
const NOISE = 0.02
const TURNS = 30
const FIGURE = [0, PHASES / 4, PHASES / 2]
const SHOULDERS = [KEYPOINTS.indexOf('left_shoulder'), KEYPOINTS.indexOf('right_shoulder')]
const HIPS = [KEYPOINTS.indexOf('left_hip'), KEYPOINTS.indexOf('right_hip')]

/** One repetition of the reference, ms on its clock. */
export interface Mark {
  start_ms: number
  turn_ms: number
  end_ms: number
}

/** As the server tells it. */
export interface Template {
  /** (PHASES, D) weighted poses around their mean. */
  path: number[][]
  weights: number[]
  axis: number[]
  joints: Joint[]
  facing: number
  duration_s: number
  /** (3, 17, 2) of start, way and turn, in heights of the picture. */
  figure: number[][][]
}

/** Rows of numbers of one width, flat. */
export interface Rows {
  values: Float64Array
  width: number
}

/** Why a template cannot be made of these repetitions. */
export type Unfit = 'few' | 'still'

/** `joints`: driving it, main one first; none lets the repetitions decide. */
export function makeTemplate(
  sequence: Sequence,
  marks: readonly Mark[],
  joints: readonly string[] = [],
): Template | Unfit {
  if (marks.length < LEAST_MARKS) return 'few'
  const source = track(sequence)
  const { times, poses } = sampled(source)
  const paths = marks.map((mark) => course(poses, times, ...seconds(mark)))
  const path = meanOf(paths)
  const columns = Array.from({ length: D }, (_, d) => column(path, D, d))
  const reach = columns.map((values) => Math.max(...values) - Math.min(...values))
  if (Math.max(...reach) < LEAST_MOVE) return 'still'
  const differ = reach.map((_, d) => {
    let squares = 0
    for (const one of paths) for (let i = d; i < one.length; i += D) squares += (one[i] - path[i]) ** 2
    return Math.sqrt(squares / (paths.length * PHASES))
  })
  const raw = reach.map((range, d) => range / (differ[d] + NOISE))
  const weights = raw.map((value) => value / Math.max(...raw))
  const middles = columns.map(mean)
  const weighted = path.map((value, i) => (value - middles[i % D]) * weights[i % D])
  const half = (PHASES / 2) * D
  const towards = Float64Array.from({ length: D }, (_, d) => weighted[half + d] - weighted[d])
  const driving = joints.length ? joints : proposed(sequence, marks)
  return {
    path: Array.from({ length: PHASES }, (_, i) => Array.from(weighted.subarray(i * D, (i + 1) * D))),
    weights,
    axis: Array.from(longest({ values: weighted, width: D }, towards)),
    joints: measured(sequence, marks, driving),
    facing: facing(sequence),
    duration_s: mean(marks.map(({ start_ms, end_ms }) => (end_ms - start_ms) / 1000)),
    figure: figureOf(source, marks[0], sequence.aspect ?? 1),
  }
}

/** (N,) times in s and (N, D) poses of a track, at RATE_HZ. */
export function sampled(source: Track): { times: Float64Array; poses: Rows; seen: Float64Array } {
  const samples = sample(source, RATE_HZ)
  const poses = Float64Array.from(samples.filter((_, i) => i % F < D))
  const seen = Float64Array.from(samples.filter((_, i) => i % F === D))
  return { times: sampleTimes(source.tS, RATE_HZ), poses: { values: poses, width: D }, seen }
}

/** (PHASES, width): even steps from start to turn, and from there to the end. */
export function course(
  { values, width }: Rows,
  times: Float64Array,
  startS: number,
  turnS: number,
  endS: number,
): Float64Array {
  const half = PHASES / 2
  const found = new Float64Array(PHASES * width)
  for (let i = 0; i < PHASES; i++) {
    const share = (i % half) / half
    const at = i < half ? startS + share * (turnS - startS) : turnS + share * (endS - turnS)
    const [left, right, part] = placeOf(times, at)
    for (let d = 0; d < width; d++) {
      const before = values[left * width + d]
      found[i * width + d] = before + part * (values[right * width + d] - before)
    }
  }
  return found
}

/** The direction of length 1 in which rows around 0 reach farthest, from `towards`, whose sign it keeps. */
export function longest(rows: Rows, towards: Float64Array, turns = TURNS): Float64Array {
  let direction = towards
  for (let turn = 0; turn < turns; turn++) direction = turned(rows, direction)
  return dot(direction, towards) >= 0 ? direction : direction.map((value) => -value)
}

/** One step of the power iteration. */
function turned({ values, width }: Rows, direction: Float64Array): Float64Array {
  const next = new Float64Array(width)
  for (let row = 0; row < values.length; row += width) {
    let along = 0
    for (let d = 0; d < width; d++) along += values[row + d] * direction[d]
    for (let d = 0; d < width; d++) next[d] += along * values[row + d]
  }
  const length = Math.sqrt(dot(next, next)) + 1e-12
  return next.map((value) => value / length)
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i] * b[i]
  return total
}

/** Every row's value of one column. */
export const column = (values: ArrayLike<number>, width: number, d: number): number[] =>
  Array.from({ length: values.length / width }, (_, i) => values[i * width + d])

/** How wide the shoulders look, by the trunk: about 0 from the side, 0.7 from the front. */
export function facing(sequence: Sequence): number {
  const { poses, tMs, aspect } = sequence
  const seen = visible(sequence)
  const wide: number[] = []
  const long: number[] = []
  for (let t = 0; t < tMs.length; t++) {
    if (!seen[t]) continue
    const at = (k: number) => [poses[(t * K + k) * 3] * (aspect ?? 1), poses[(t * K + k) * 3 + 1]]
    const [[lx, ly], [rx, ry]] = SHOULDERS.map(at)
    const [[hlx, hly], [hrx, hry]] = HIPS.map(at)
    wide.push(Math.hypot(lx - rx, ly - ry))
    long.push(Math.hypot((lx + rx - hlx - hrx) / 2, (ly + ry - hly - hry) / 2))
  }
  return wide.length ? median(wide) / Math.max(median(long), 1e-6) : 0
}

/** (3, K, 2): a repetition at its start, on its way and at its turn. */
function figureOf(source: Track, mark: Mark, aspect: number): number[][][] {
  const square = Float64Array.from(source.points, (value, i) => (i % 2 ? value : value * aspect))
  const rows = course({ values: square, width: UNIT }, source.tS, ...seconds(mark))
  return FIGURE.map((phase) =>
    Array.from({ length: K }, (_, k) => [rows[phase * UNIT + 2 * k], rows[phase * UNIT + 2 * k + 1]]),
  )
}

function meanOf(paths: readonly Float64Array[]): Float64Array {
  return paths[0].map((_, i) => mean(paths.map((path) => path[i])))
}

const seconds = ({ start_ms, turn_ms, end_ms }: Mark): [number, number, number] => [
  start_ms / 1000,
  turn_ms / 1000,
  end_ms / 1000,
]

/** The rows around a time, and the share of the later one; held beyond the ends. */
function placeOf(times: Float64Array, at: number): [number, number, number] {
  const last = times.length - 1
  if (at <= times[0]) return [0, 0, 0]
  if (at >= times[last]) return [last, last, 0]
  let [low, high] = [0, last]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (times[middle] <= at) low = middle
    else high = middle
  }
  return [low, high, (at - times[low]) / (times[high] - times[low])]
}
