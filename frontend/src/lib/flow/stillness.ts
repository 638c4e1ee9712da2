/** For how long the athlete has kept still. */
import type { Pose } from '@/pose/frame'
import { K } from '@/pose/skeleton'
import { bodyBox, isSeen, pointOf, sizeOf, type Point } from './body'

/** What is compared: long enough for a slow walk to show, short enough to notice the end of a movement. */
const WINDOW_MS = 900
/** Of the body's size: farther than this no joint wanders while somebody stands still. */
const STILL = 0.06
/** Nine of ten joints have to keep still: one may be the estimator's error. */
const QUANTILE = 0.9
const LEAST_JOINTS = 6

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
    this.moments = this.moments.filter(({ tMs }) => nowMs - tMs <= WINDOW_MS)
    const [first] = this.moments
    const isWhole = nowMs - first.tMs >= WINDOW_MS / 2 && this.moments.length >= 3
    if (!isWhole || this.wander() > STILL) this.sinceMs = null
    else this.sinceMs ??= first.tMs
    return this.sinceMs === null ? 0 : nowMs - this.sinceMs
  }

  reset(): void {
    this.moments = []
    this.sinceMs = null
  }

  /** How far joints went within the window, as a share of the body's size. */
  private wander(): number {
    const size = Math.max(...this.moments.map((moment) => moment.size), 1e-3)
    const ranges = Array.from({ length: K }, (_, k) => this.moments.map(({ points }) => points[k]))
      .filter((track): track is Point[] => track.every((point) => point !== null))
      .map((track) => Math.hypot(range(track.map(({ x }) => x)), range(track.map(({ y }) => y))) / size)
      .sort((a, b) => a - b)
    if (ranges.length < LEAST_JOINTS) return Infinity
    return ranges[Math.ceil(QUANTILE * ranges.length) - 1]
  }
}

function squared(pose: Pose, k: number, aspect: number): Point {
  const { x, y } = pointOf(pose, k)
  return { x: x * aspect, y }
}

const range = (values: number[]): number => Math.max(...values) - Math.min(...values)
