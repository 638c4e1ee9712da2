/** The angles of a shown repetition, which joints drive it, from where to where: `models/own_joints.py`. */
import { lowerBound, mean, median } from './numbers'
import type { Mark } from './ownTemplate'
import type { Sequence } from './sequence'
import { rangeDeg, swingDeg } from './swing'

export const JOINTS = ['shoulder', 'elbow', 'hip', 'knee'] as const
const LEAST_DEG = 15
const SHAKE_DEG = 10
const BESIDE = 0.5
const MOST = 2
const EDGE = 0.1

export interface Joint {
  name: string
  start_deg: number
  turn_deg: number
  range_deg: number
}

type Marks = readonly Mark[]

/** Whether the angle grows on the way to the turn. */
export const opensAt = ({ start_deg, turn_deg }: Joint): boolean => turn_deg > start_deg

/** Names of the one or two joints that drive the marked repetitions, main one first. */
export function proposed(sequence: Sequence, marks: Marks): string[] {
  const scores = JOINTS.map((name) => ({ name, score: score(sequence, marks, name) }))
  const best = Math.max(...scores.map((one) => one.score))
  const ranked = [...scores].sort((a, b) => b.score - a.score).slice(0, MOST)
  return ranked.filter((one) => one.score > Math.max(0, BESIDE * best)).map(({ name }) => name)
}

/** Of these joints, those whose angle was seen; medians over the marked repetitions. */
export function measured(sequence: Sequence, marks: Marks, names: readonly string[]): Joint[] {
  return names.flatMap((name) => {
    const swings = swingsOf(sequence, marks, name)
    if (!swings.length) return []
    const ends = swings.map(endsOf)
    const round = (values: number[]) => Number(median(values).toFixed(1))
    return {
      name,
      start_deg: round(ends.map(([start]) => start)),
      turn_deg: round(ends.map(([, turn]) => turn)),
      range_deg: round(swings.map(({ deg }) => rangeDeg(deg))),
    }
  })
}

/** Range over noise, 0 where the joint hardly moves. */
function score(sequence: Sequence, marks: Marks, name: string): number {
  const swings = swingsOf(sequence, marks, name)
  if (!swings.length) return 0
  const wide = median(swings.map(({ deg }) => rangeDeg(deg)))
  const ends = swings.map(endsOf)
  const noise = mean([0, 1].map((i) => deviation(ends.map((end) => end[i])))) + SHAKE_DEG
  return wide >= LEAST_DEG ? wide / noise : 0
}

interface MarkedSwing {
  deg: Float32Array
  turn: number
}

function swingsOf(sequence: Sequence, marks: Marks, name: string): MarkedSwing[] {
  return marks.flatMap(({ start_ms, turn_ms, end_ms }) => {
    const [first, turn, last] = [start_ms, turn_ms, end_ms].map((ms) => lowerBound(sequence.tMs, ms))
    const deg = swingDeg(sequence, first, last, name)
    return deg ? { deg, turn: Math.min(turn - first, deg.length - 1) } : []
  })
}

/** Degrees at the start and around the turn. */
function endsOf({ deg, turn }: MarkedSwing): [number, number] {
  const edge = Math.max(1, Math.trunc(EDGE * deg.length))
  const reach = edge >> 1
  return [median(deg.slice(0, edge)), median(deg.slice(Math.max(0, turn - reach), turn + reach + 1))]
}

function deviation(values: number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
