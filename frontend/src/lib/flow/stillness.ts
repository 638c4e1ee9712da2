/**
 * For how long the athlete has kept still.
 *
 * Two measures over a second, as shares of the body's size: how far joints got from its first half to its second,
 * which the estimator's trembling hardly moves, and how widely they swung, which a quick movement to and fro does not
 * escape. Thresholds: docs/experiments/positioning.md.
 */
import type { Pose } from '@/pose/frame'
import { K } from '@/pose/skeleton'
import { bodyBox, isSeen, pointOf, postureOf, sizeOf, type Point } from './body'

const WINDOW_MS = 1_000
/** Slow devices take so long for the fewest frames. */
const LONGEST_WINDOW_MS = 2_000
const LEAST_MS = 700
const LEAST_FRAMES = 4
const LEAST_JOINTS = 6
const DRIFT = 0.05
const SWING = 0.09
/** Bodies that lie are found less steadily. */
const LYING = 1.7
/** Who stands still is believed through a worse moment. */
const HYSTERESIS = 1.6
/** Three of ten joints may be the estimator's error. */
const QUANTILE = 0.7
/** Of a joint's places, the middle part: what is found elsewhere for a frame is no movement. */
const TRIMMED = 0.15

interface Moment {
  tMs: number
  points: (Point | null)[]
  size: number
}

export class Stillness {
  private moments: Moment[] = []
  private sinceMs: number | null = null

  /** ms of stillness up to this pose; 0 while moving, or before enough was seen. */
  update(pose: Pose, aspect: number, nowMs: number): number {
    const box = bodyBox(pose)
    if (!box) {
      this.reset()
      return 0
    }
    const points = Array.from({ length: K }, (_, k) => (isSeen(pose, k) ? squared(pose, k, aspect) : null))
    this.moments.push({ tMs: nowMs, points, size: sizeOf(box, aspect) })
    const enough = this.moments.length - LEAST_FRAMES
    this.moments = this.moments.filter(
      ({ tMs }, i) => nowMs - tMs <= (i < enough ? WINDOW_MS : LONGEST_WINDOW_MS),
    )
    const patience =
      (postureOf(pose, aspect) === 'level' ? LYING : 1) * (this.sinceMs === null ? 1 : HYSTERESIS)
    if (this.isStill(patience)) this.sinceMs ??= this.moments[0].tMs
    else this.sinceMs = null
    return this.sinceMs === null ? 0 : nowMs - this.sinceMs
  }

  reset(): void {
    this.moments = []
    this.sinceMs = null
  }

  private isStill(patience: number): boolean {
    const { moments } = this
    const [first, last] = [moments[0].tMs, moments[moments.length - 1].tMs]
    if (last - first < LEAST_MS || moments.length < LEAST_FRAMES) return false
    const size = Math.max(
      quantile(
        moments.map((moment) => moment.size),
        0.5,
      ),
      1e-3,
    )
    const half = moments.findIndex(({ tMs }) => tMs >= (first + last) / 2)
    const tracks = Array.from({ length: K }, (_, k) => moments.map(({ points }) => points[k]))
    const drifts: number[] = []
    const swings: number[] = []
    for (const track of tracks) {
      const [before, after] = [track.slice(0, half).filter(isThere), track.slice(half).filter(isThere)]
      if (before.length < half / 2 || after.length < (track.length - half) / 2) continue
      drifts.push(distance(middle(before), middle(after)) / size)
      swings.push(swing([...before, ...after]) / size)
    }
    if (drifts.length < LEAST_JOINTS) return false
    return quantile(drifts, QUANTILE) < patience * DRIFT && quantile(swings, QUANTILE) < patience * SWING
  }
}

function squared(pose: Pose, k: number, aspect: number): Point {
  const { x, y } = pointOf(pose, k)
  return { x: x * aspect, y }
}

const isThere = (point: Point | null): point is Point => point !== null
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]
}

const axes = (points: Point[]): [number[], number[]] => [points.map(({ x }) => x), points.map(({ y }) => y)]

function middle(points: Point[]): Point {
  const [x, y] = axes(points).map((values) => quantile(values, 0.5))
  return { x, y }
}

function swing(points: Point[]): number {
  const [x, y] = axes(points).map((values) => quantile(values, 1 - TRIMMED) - quantile(values, TRIMMED))
  return Math.hypot(x, y)
}
