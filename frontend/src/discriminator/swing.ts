/** The angle that drives an exercise, along time, and how far it moves: `models/swing.py`. */
import { ANGLES, C, K, type AngleName } from '@/pose/skeleton'
import { MIN_SCORE } from './features'
import { lerp } from './interpolate'
import { quantile, type Numbers } from './numbers'
import type { Sequence } from './sequence'

const MIN_CLEAR = 0.5

/** The first joint of each exercise in `models/exercises.py`; a test holds the two together. */
export const MAIN_JOINT: Readonly<Record<string, string>> = {
  squat: 'knee',
  push_up: 'elbow',
  sit_up: 'hip',
  pull_up: 'elbow',
  lunge: 'knee',
  jumping_jack: 'shoulder',
  bicep_curl: 'elbow',
  shoulder_press: 'elbow',
  front_raise: 'shoulder',
  bench_press: 'elbow',
  deadlift: 'hip',
  high_knees: 'hip',
  mountain_climber: 'hip',
  pommel_horse: 'hip',
  plank: 'hip',
}

/** Where the main angle grows on the way to the turn, as in a press; elsewhere the joint bends. */
export const OPENING: readonly string[] = ['jumping_jack', 'shoulder_press', 'front_raise', 'deadlift']
/** The legs circle: no angle goes there and back. */
export const ROUND: readonly string[] = ['pommel_horse']

/** What drives an exercise. `opens`: null where it goes round. */
export interface Drive {
  joint: string
  opens: boolean | null
}

export function driveOf(slug: string): Drive {
  return { joint: MAIN_JOINT[slug] ?? '', opens: ROUND.includes(slug) ? null : OPENING.includes(slug) }
}

/** Degrees of the joint in frames [first, last), of the side that moves more; null where neither side was seen. */
export function swingDeg(
  sequence: Sequence,
  first: number,
  last: number,
  joint: string,
): Float32Array | null {
  const { aspect, tMs } = sequence
  if (aspect === null || last <= first) return null
  const tS = tMs.slice(first, last).map((t) => t / 1000)
  let best: Float32Array | null = null
  for (const side of ['left', 'right']) {
    const keypoints = ANGLES[`${side}_${joint}` as AngleName]
    const clear = Array.from(tS.keys()).filter((i) => isClear(sequence, first + i, keypoints))
    if (clear.length / tS.length < MIN_CLEAR) continue
    const degrees = Float32Array.from(clear, (i) => degreesAt(sequence, first + i, keypoints, aspect))
    const swing = lerp(
      Float64Array.from(clear, (i) => tS[i]),
      degrees,
      1,
      tS,
    )
    if (!best || rangeDeg(swing) > rangeDeg(best)) best = swing
  }
  return best
}

/** Range of motion in degrees: the 5th to the 95th percentile, so no wrong frame is a record. */
export const rangeDeg = (swing: Numbers): number => quantile(swing, 0.95) - quantile(swing, 0.05)

const isClear = ({ poses }: Sequence, frame: number, keypoints: readonly number[]): boolean =>
  keypoints.every((k) => poses[(frame * K + k) * C + 2] >= MIN_SCORE)

function degreesAt({ poses }: Sequence, frame: number, [a, b, c]: readonly number[], aspect: number): number {
  const x = (k: number) => poses[(frame * K + k) * C] * aspect
  const y = (k: number) => poses[(frame * K + k) * C + 1]
  const [ux, uy, vx, vy] = [x(a) - x(b), y(a) - y(b), x(c) - x(b), y(c) - y(b)]
  return (Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)) * 180) / Math.PI
}
