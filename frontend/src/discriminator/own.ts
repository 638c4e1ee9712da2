/**
 * Count an exercise that somebody has shown once, in the set of anybody: the browser's copy of `models/own.py`,
 * which says why each step is there. No network is needed.
 */
import type { Analysis } from './analysis'
import { described, inDegrees } from './described'
import { track, visible, type Track } from './features'
import { clamp, mean, median, quantile } from './numbers'
import { opensAt } from './ownJoints'
import { smooth, swings, type Swing } from './ownSwings'
import { column, course, D, dot, facing, longest, sampled, type Rows, type Template } from './ownTemplate'
import type { Attempt, Counted, Rep } from './reps'
import type { Sequence } from './sequence'

const LEAST_SHARE = 0.5
const MIN_FRAMES = 8
const MIN_VISIBLE = 0.1
const FIRST = 0.3
const SECOND = 0.4
const CORE = 0.4
const ALIKE = 0.35
const NOTABLE = 0.4
const SURELY_ALIKE = 0.6
const LEAST_TURNED = 0.4
const SAME_VIEW = 0.25
const LEAST_RANGE = 0.02
const FAR = 0.5
const MIN_REP_S = 0.25
const MIN_SEEN = 0.3
const STEPS = 2

/** -1 for features whose sign a mirrored picture changes: x, and the slant of a pair. */
const MIRRORED = Float64Array.from({ length: D }, (_, d) =>
  d === 0 || d % 5 === 2 || (d > 1 && d % 5 === 1) ? -1 : 1,
)

/** Count a set of the exercise of this slug. `isOpen`: the set goes on after the sequence. */
export function analyzeOwn(sequence: Sequence, template: Template, slug: string, isOpen = false): Analysis {
  const seen = visible(sequence)
  const nothing = { exercise: slug, confidence: 0, reps: [], attempts: [], holdS: null, rateHz: null }
  if (seen.length < MIN_FRAMES || mean(seen) < MIN_VISIBLE) return nothing
  const source = track(sequence)
  const found = swingsOf(source, template)
  return {
    ...nothing,
    ...judged(found, { sequence, source, template, isOpen }),
    confidence: clamp(found.likeness, 0, 1),
  }
}

export interface Found {
  times: Float64Array
  /** Whole ones along the set's own path, and how much each resembles it. */
  counted: { swing: Swing; alike: number }[]
  short: Swing[]
  /** Of the own path to the reference's. */
  likeness: number
}

/** What moves there and back in a track as the template does. */
export function swingsOf(source: Track, template: Template): Found {
  const { times, poses: raw, seen } = sampled(source)
  const kept = Array.from(seen.keys()).filter((i) => seen[i] > 0.5)
  const none: Found = { times, counted: [], short: [], likeness: 0 }
  if (kept.length < MIN_FRAMES) return none
  const poses = centred(raw, template.weights, kept)
  const clear = rowsOf(poses, kept)
  const guided = guide(clear, template)
  let signal = smooth(along(poses, guided.axis))
  const inSight = kept.map((i) => signal[i])
  const width = quantile(inSight, 0.95) - quantile(inSight, 0.05)
  const first = swings(signal, Math.max(FIRST * width, LEAST_RANGE))
  if (!first.length) return none
  const { own, likeness } = ownPath(courses(poses, times, first), guided.path)
  const axis = longest({ values: own, width: D }, guided.axis)
  signal = smooth(along(poses, axis))
  const reach = along({ values: own, width: D }, axis)
  const least = Math.max(SECOND * (Math.max(...reach) - Math.min(...reach)), LEAST_RANGE)
  const alike = (some: Swing[]) =>
    courses(poses, times, some).map((path, i) => ({ swing: some[i], alike: correlation(path, own) }))
  const counted = alike(swings(signal, least)).filter((one) => one.alike >= ALIKE)
  const isFree = ({ start, end }: Swing) =>
    counted.every(({ swing }) => end <= swing.start || start >= swing.end)
  const small = alike(swings(signal, NOTABLE * least).filter(isFree))
  const short = small.filter((one) => one.alike >= SURELY_ALIKE).map(({ swing }) => swing)
  return { times, counted, short, likeness }
}

/** Weighted poses around the median of those that were seen. */
function centred({ values, width }: Rows, weights: readonly number[], kept: readonly number[]): Rows {
  const weighted = values.map((value, i) => value * weights[i % width])
  const middles = weights.map((_, d) => median(kept.map((i) => weighted[i * width + d])))
  return { values: weighted.map((value, i) => value - middles[i % width]), width }
}

function rowsOf({ values, width }: Rows, kept: readonly number[]): Rows {
  const found = new Float64Array(kept.length * width)
  kept.forEach((row, i) => found.set(values.subarray(row * width, (row + 1) * width), i * width))
  return { values: found, width }
}

const along = ({ values, width }: Rows, axis: Float64Array): Float64Array =>
  Float64Array.from({ length: values.length / width }, (_, i) =>
    dot(values.subarray(i * width, (i + 1) * width), axis),
  )

/** The reference's path, mirrored where that moves more, and the axis turned towards the set. */
function guide(seen: Rows, template: Template): { path: Float64Array; axis: Float64Array } {
  const cut = seen.values.map((value) => clamp(value, -FAR, FAR))
  const middles = Float64Array.from({ length: D }, (_, d) => mean(column(cut, D, d)))
  const rows = { values: cut.map((value, i) => value - middles[i % D]), width: D }
  const plain = Float64Array.from(template.axis)
  const mirrored = plain.map((value, d) => value * MIRRORED[d])
  const size = (axis: Float64Array) => {
    const reach = along(rows, axis)
    return dot(reach, reach)
  }
  const isMirrored = size(mirrored) > size(plain)
  const path = Float64Array.from(template.path.flat())
  return {
    path: isMirrored ? path.map((value, i) => value * MIRRORED[i % D]) : path,
    axis: longest(rows, isMirrored ? mirrored : plain, STEPS),
  }
}

/** The median of the swings that are most alike, and how much it resembles the reference's. */
function ownPath(paths: Float64Array[], reference: Float64Array): { own: Float64Array; likeness: number } {
  const count = Math.max(1, Math.ceil(CORE * paths.length))
  const scores = paths.map((path) => {
    const ranked = paths.map((other) => correlation(path, other)).sort((a, b) => b - a)
    const mates = paths.length > 2 ? mean(ranked.slice(1, count + 1)) : 1
    return mates + correlation(path, reference)
  })
  const order = Array.from(paths.keys()).sort((a, b) => scores[b] - scores[a] || a - b)
  const core = order.slice(0, count).map((i) => paths[i])
  const own = around(core[0].map((_, i) => median(core.map((path) => path[i]))))
  return { own, likeness: correlation(own, reference) }
}

/** (PHASES, D) of poses along each swing, around their mean. */
const courses = (poses: Rows, times: Float64Array, found: readonly Swing[]): Float64Array[] =>
  found.map(({ start, turn, end }) => around(course(poses, times, times[start], times[turn], times[end])))

function around(path: Float64Array): Float64Array {
  const middles = Float64Array.from({ length: D }, (_, d) => mean(column(path, D, d)))
  return path.map((value, i) => value - middles[i % D])
}

const correlation = (a: Float64Array, b: Float64Array): number =>
  dot(a, b) / ((Math.sqrt(dot(a, a)) + 1e-9) * (Math.sqrt(dot(b, b)) + 1e-9))

interface Known {
  sequence: Sequence
  source: Track
  template: Template
  isOpen: boolean
}

function judged({ times, counted, short }: Found, known: Known): { reps: Rep[]; attempts: Attempt[] } {
  const { sequence, source, template, isOpen } = known
  const main = template.joints[0]
  const drive = { joint: main?.name ?? '', opens: main ? opensAt(main) : null }
  const attempts: Attempt[] = []
  let reps: Rep[] = []
  for (const { swing, alike } of counted) {
    const span: Counted = { startS: times[swing.start], endS: times[swing.end], confidence: alike }
    const reason = faultOf(span, source)
    if (reason) attempts.push({ startS: span.startS, endS: span.endS, reason })
    else reps.push(described(span, sequence, source, drive))
  }
  const neededDeg = leastRangeDeg(sequence, template, reps)
  const isSmall = ({ romDeg }: Rep) => romDeg !== null && Number(romDeg.toFixed(1)) < neededDeg
  for (const { startS, endS, romDeg } of reps.filter(isSmall)) {
    attempts.push({ startS, endS, reason: 'too_small', romDeg: romDeg ?? undefined, neededDeg })
  }
  reps = reps.filter((rep) => !isSmall(rep))
  for (const { start, end } of short) {
    if (isOpen && end + 1 >= times.length) continue
    const attempt: Attempt = { startS: times[start], endS: times[end], reason: 'too_small' }
    attempts.push(inDegrees(attempt, reps, sequence, drive))
  }
  return { reps, attempts: attempts.sort((a, b) => a.startS - b.startS) }
}

/** Below which a movement of the main joint is too small; 0 where nothing is known. */
export function leastRangeDeg(
  sequence: Sequence,
  { joints, facing: shown }: Template,
  reps: readonly Rep[],
): number {
  const ranges = reps.flatMap(({ romDeg }) => romDeg ?? [])
  if (!joints.length || !ranges.length) return 0
  const asked = joints[0].range_deg
  const isTurned = Math.abs(facing(sequence) - shown) > SAME_VIEW
  const usual = Math.max(LEAST_TURNED * asked, Math.min(asked, median(ranges)))
  return LEAST_SHARE * (isTurned ? usual : asked)
}

function faultOf({ startS, endS }: Counted, { tS, seen }: Track): Attempt['reason'] | null {
  const inside = seen.filter((_, i) => tS[i] >= startS && tS[i] <= endS)
  if (!inside.length || mean(inside) < MIN_SEEN) return 'not_visible'
  return endS - startS < MIN_REP_S ? 'too_fast' : null
}
