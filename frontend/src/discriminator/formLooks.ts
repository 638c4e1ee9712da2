/** One repetition, or one stretch of a hold, made ready to be measured: `models/form_looks.py`. */
import { C, K, KEYPOINTS, SHOULDERS } from '@/pose/skeleton'
import { rows, runningMedian, visible } from './features'
import { BONES, keypointsOf, SIDED, WHOLE, type Bone, type Flat, type Lengths } from './formMeasures'
import type { Fault, Standard, View } from './formTable'
import { straightened, yawDeg } from './formView'
import { lerp } from './interpolate'
import { clamp, lowerBound, mean, median, quantile } from './numbers'
import type { Sequence } from './sequence'
import { steady } from './steady'

/** Score of a keypoint that may be judged: a guess is not held against anybody. */
const SURE = 0.5
/** Of the way is at the top, or at the bottom. */
const AT_END = 0.2
/** Of the driver; less tells no top from a bottom. */
const LEAST_RANGE = 8
const LEAST_FRAMES = 2
/** Of a phase's frames, or of a way. */
const LEAST_SEEN = 0.5
/** Of the way, between which the speed is taken. */
const BETWEEN = [0.15, 0.85] as const
/** Of a repetition: spans begin this much after the movement, see `reps`. */
const EARLY = 0.15
const STEP_S = 0.02
const SMOOTH = 9
const NOSE = KEYPOINTS.indexOf('nose')
const EARS = ['left', 'right'].map((side) => KEYPOINTS.indexOf(`${side}_ear`))

/** A sequence cleaned, without the frames that show nobody. */
export interface Body {
  tMs: Float64Array
  /** (T, K, 2) in heights of the picture. */
  points: Float64Array
  /** (T, K) */
  score: Float32Array
  lengths: Lengths
}

export interface Look {
  /** Index of the repetition; null for a hold. */
  rep: number | null
  startMs: number
  endMs: number
  body: Body
  yaw: number
  facing: number
  /** The side that moves more. */
  side: number
  /** Range of the driver; 0 where it is not known. */
  reach: number
  loweringS: number | null
  /** Frames by phase; without top and bottom where these cannot be told. */
  phases: ReadonlyMap<string, readonly number[]>
}

/** Null where nobody is seen, or the picture's aspect is unknown: no angle can be taken. */
export function bodyOf(sequence: Sequence): Body | null {
  const { aspect } = sequence
  const seen = visible(sequence)
  const kept = Array.from(seen.keys()).filter((t) => seen[t])
  if (aspect === null || !kept.length) return null
  const tMs = Float64Array.from(kept, (t) => sequence.tMs[t])
  const tS = tMs.map((t) => t / 1000)
  const poses = rows(sequence.poses, K * C, kept)
  const smooth = runningMedian(steady(poses, tS), tS)
  const points = Float64Array.from(smooth, (value, i) => (i % 2 ? value : value * aspect))
  const score = Float32Array.from({ length: kept.length * K }, (_, i) => poses[i * C + 2])
  const longest = (bone: Bone) => [0, 1].map((side) => longestOf(points, score, BONES[bone], side))
  const names = Object.keys(BONES) as Bone[]
  const lengths = Object.fromEntries(names.map((name) => [name, longest(name)])) as unknown as Lengths
  return { tMs, points, score, lengths }
}

/** 90th percentile of the length of a bone where it is seen; 0 where it never is. */
function longestOf(points: Float64Array, score: Float32Array, bone: readonly string[], side: number): number {
  const [a, b] = keypointsOf(bone, side)
  const found: number[] = []
  for (let k = 0; k < score.length; k += K) {
    if (Math.min(score[k + a], score[k + b]) < SURE) continue
    const [from, to] = [2 * (k + a), 2 * (k + b)]
    found.push(Math.hypot(points[from] - points[to], points[from + 1] - points[to + 1]))
  }
  return found.length ? quantile(found, 0.9) : 0
}

const between = (body: Body, startMs: number, endMs: number): Body => {
  const [first, last] = [lowerBound(body.tMs, startMs), lowerBound(body.tMs, endMs)]
  return {
    tMs: body.tMs.subarray(first, last),
    points: body.points.subarray(2 * K * first, 2 * K * last),
    score: body.score.subarray(K * first, K * last),
    lengths: body.lengths,
  }
}

/** What a span of time shows. */
export function lookAt(
  whole: Body,
  { driver, bottomIsLow }: Standard,
  rep: number | null,
  startMs: number,
  endMs: number,
): Look {
  const earlyMs = rep === null ? 0 : EARLY * (endMs - startMs)
  const body = between(whole, startMs - earlyMs, endMs)
  const yaw = body.tMs.length ? median(yawDeg(body.points)) : 0
  const facing = facingOf(body)
  const phases = new Map([['whole', Array.from(body.tMs.keys())]])
  const levels = driver === null ? null : levelsOf(body, driver, bottomIsLow, facing)
  if (levels) {
    phases.set('top', nearest(levels.level, 0))
    phases.set('bottom', nearest(levels.level, 1))
  }
  return {
    ...{ rep, startMs, endMs, body, yaw, facing, phases },
    side: levels?.side ?? 0,
    reach: levels?.reach ?? 0,
    loweringS: levels && loweringS(body.tMs, levels.level),
  }
}

const flatOf = ({ body, yaw, facing }: Look, view: View): Flat => ({
  points: straightened(body.points, view, yaw),
  facing,
  lengths: body.lengths,
})

/** The fault's measure in its phase; null where too little of it is seen, or it never was. */
export function measured(look: Look, fault: Fault): number | null {
  const during = look.phases.get(fault.phase)
  if (!during) return null
  const flat = flatOf(look, fault.view)
  if (fault.measure in WHOLE) {
    const [joints, measure] = WHOLE[fault.measure]
    const keypoints = [0, 1].flatMap((side) => keypointsOf(joints, side))
    return taken((t) => measure(flat, t), look.body.score, keypoints, during, fault)?.value ?? null
  }
  const [joints, measure] = SIDED[fault.measure]
  const sides = sidesOf(look, fault).flatMap((side) => {
    const keypoints = keypointsOf(joints, side)
    return taken(measure(flat, side), look.body.score, keypoints, during, fault) ?? []
  })
  const weights = sides.reduce((total, { weight }) => total + weight, 0)
  return weights ? sides.reduce((total, { value, weight }) => total + weight * value, 0) / weights : null
}

function sidesOf(look: Look, { sides, phase }: Fault): number[] {
  if (sides === 'both') return [0, 1]
  if (sides === 'moving') return [look.side]
  const flat = flatOf(look, 'any')
  const during = look.phases.get(phase) ?? []
  const [left, right] = [0, 1].map((side) => median(during.map(SIDED.thigh[1](flat, side))))
  return [right < left ? 1 : 0]
}

/** Median or range over the phase's frames that show all keypoints, and its weight: the surer, the heavier. */
function taken(
  measure: (t: number) => number,
  score: Float32Array,
  keypoints: readonly number[],
  during: readonly number[],
  { take }: Fault,
): { value: number; weight: number } | null {
  const surest = (t: number) => Math.min(...keypoints.map((k) => score[t * K + k]))
  const frames: number[] = []
  const values: number[] = []
  for (const t of during) {
    const value = surest(t) >= SURE ? measure(t) : NaN
    if (!Number.isFinite(value)) continue
    frames.push(t)
    values.push(value)
  }
  if (frames.length < Math.max(LEAST_FRAMES, LEAST_SEEN * during.length)) return null
  const value = take === 'range' ? quantile(values, 0.95) - quantile(values, 0.05) : median(values)
  return { value, weight: mean(frames.map(surest)) ** 2 }
}

interface Levels {
  side: number
  /** (T,) way from top (0) to bottom (1), NaN where it is not seen. */
  level: Float64Array
  reach: number
}

/** Of the side that moves more; null where the range is too small to tell. */
function levelsOf(body: Body, driver: string, bottomIsLow: boolean, facing: number): Levels | null {
  const flat = { points: body.points, facing, lengths: body.lengths }
  const [joints, measure] = SIDED[driver]
  const count = body.tMs.length
  let best: Levels | null = null
  for (const side of [0, 1]) {
    const keypoints = keypointsOf(joints, side)
    const isSeen = (t: number) => keypoints.every((k) => body.score[t * K + k] >= SURE)
    const seen = Array.from(body.tMs.keys()).filter(isSeen)
    if (seen.length < Math.max(2 * LEAST_FRAMES, LEAST_SEEN * count)) continue
    const values = seen.map(measure(flat, side))
    const [low, high] = [quantile(values, 0.05), quantile(values, 0.95)]
    if (high - low < Math.max(LEAST_RANGE, best?.reach ?? 0)) continue
    const level = new Float64Array(count).fill(NaN)
    seen.forEach((t, i) => {
      const way = clamp((values[i] - low) / (high - low), 0, 1)
      level[t] = bottomIsLow ? 1 - way : way
    })
    best = { side, level, reach: high - low }
  }
  return best
}

/** Frames at this end of the way: at least the nearest few. */
function nearest(level: Float64Array, end: number): number[] {
  const away = level.map((way) => (Number.isNaN(way) ? Infinity : Math.abs(way - end)))
  const far = Math.max(AT_END, away.slice().sort()[LEAST_FRAMES - 1])
  return Array.from(away.keys()).filter((t) => away[t] <= far)
}

/**
 * Seconds from top to bottom at the speed between them; null where less than half is seen. Time counts only where it falls,
 * so noise makes it longer and nobody is called fast for it.
 */
function loweringS(tMs: Float64Array, level: Float64Array): number | null {
  const seen = Array.from(level.keys()).filter((t) => Number.isFinite(level[t]))
  if (!seen.length) return null
  const way = evenly(
    Float64Array.from(seen, (t) => tMs[t] / 1000),
    Float32Array.from(seen, (t) => level[t]),
  )
  if (way.length < 2) return null
  const whole = BETWEEN[1] - BETWEEN[0]
  let fallen = 0
  let count = 0
  for (let i = 0; i + 1 < way.length; i++) {
    if (way[i] <= BETWEEN[0] || way[i] >= BETWEEN[1] || way[i + 1] <= way[i]) continue
    fallen += way[i + 1] - way[i]
    count++
  }
  return fallen < LEAST_SEEN * whole ? null : (count * STEP_S) / fallen
}

/** Every `STEP_S`, as a running mean. */
function evenly(tS: Float64Array, level: Float32Array): Float64Array {
  const length = Math.max(0, Math.ceil((tS[tS.length - 1] - tS[0]) / STEP_S))
  const even = Float64Array.from({ length }, (_, i) => tS[0] + i * STEP_S)
  const rough = lerp(tS, level, 1, even)
  const reach = (SMOOTH - 1) / 2
  return Float64Array.from(rough, (_, i) => {
    let total = 0
    for (let j = -reach; j <= reach; j++) total += rough[clamp(i + j, 0, length - 1)]
    return total / SMOOTH
  })
}

/** Where the nose is beside the ears, or beside the shoulders where no ear is seen. */
function facingOf({ points, score }: Body): number {
  const frames = Array.from({ length: score.length / K }, (_, t) => t * K)
  if (!frames.length) return 1
  const ears = frames.map((k) => Math.max(...EARS.map((ear) => score[k + ear])))
  const behind = median(ears) >= SURE ? EARS : SHOULDERS
  const ahead = frames.map((k) => {
    const weights = behind.map((joint) => score[k + joint] + 1e-6)
    const middle = behind.reduce((total, joint, i) => total + points[2 * (k + joint)] * weights[i], 0)
    return points[2 * (k + NOSE)] - middle / (weights[0] + weights[1])
  })
  return median(ahead) < 0 ? -1 : 1
}
