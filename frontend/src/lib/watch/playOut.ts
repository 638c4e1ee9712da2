/**
 * Plays poses that come in packets as one steady movement, as late as the packets make it necessary and no later.
 *
 * Knows neither clock nor canvas. `nowMs` is the clock of the one who looks; the poses have that of the athlete, and
 * the two need not agree: only differences of either are used.
 */
import { clamp } from '@/discriminator/numbers'
import type { Pose } from '@/pose/frame'
import { C } from '@/pose/skeleton'
import type { TimedPose } from './packing'

/** What the last seconds were like is what is expected of the next. */
const MEMORY_MS = 8_000
const FIRST_HOLD_MS = 450
const LONGEST_HOLD_MS = 1_200
/** Beyond this the play-out jumps; below it runs a little faster or slower, which nobody sees. */
const JUMP_MS = 800
const BEND = 0.12
/** Longer without a pose, and nobody knows what happened in between. */
const MAX_GAP_MS = 1_000

interface Arrival {
  atMs: number
  /** Of the newest pose, by both clocks: of use only beside another one. */
  lagMs: number
  /** How long after the newest pose of the packet before. */
  waitMs: number
}

export class PlayOut {
  private poses: TimedPose[] = []
  private arrivals: Arrival[] = []
  private positionMs: number | null = null
  private lookedMs = 0

  push(poses: readonly TimedPose[], nowMs: number): void {
    const newest = poses.at(-1)
    if (!newest) return
    const last = this.poses.at(-1)
    // Another page of the athlete, or a clock that was set: begin anew.
    if (last && newest.tMs <= last.tMs) this.clear()
    const waitMs = last ? nowMs - last.tMs : null
    this.poses.push(...poses)
    this.arrivals = this.arrivals.filter(({ atMs }) => nowMs - atMs < MEMORY_MS)
    const lagMs = nowMs - newest.tMs
    this.arrivals.push({ atMs: nowMs, lagMs, waitMs: waitMs ?? lagMs + FIRST_HOLD_MS })
  }

  /** The pose to be shown now; null before the first. */
  at(nowMs: number): Pose | null {
    if (this.arrivals.length === 0) return null
    const wanted = nowMs - this.delayMs()
    const passed = nowMs - this.lookedMs
    this.lookedMs = nowMs
    if (this.positionMs === null || Math.abs(wanted - this.positionMs - passed) > JUMP_MS) {
      this.positionMs = wanted
    } else {
      const error = wanted - this.positionMs - passed
      this.positionMs += passed + clamp(error, -BEND * passed, BEND * passed)
    }
    this.forget(this.positionMs)
    return this.between(this.positionMs)
  }

  /** When that which is shown was seen, by the athlete's clock; null before the first. */
  get shownMs(): number | null {
    const newest = this.poses.at(-1)
    return newest && this.positionMs !== null ? Math.min(this.positionMs, newest.tMs) : null
  }

  /** The newest pose, as it came; for who wants no movement between two. */
  newest(): Pose | null {
    return this.poses.at(-1)?.pose ?? null
  }

  clear(): void {
    this.poses = []
    this.arrivals = []
    this.positionMs = null
  }

  /** By both clocks: what the slowest of the last packets needed so that there was always a pose to go to. */
  private delayMs(): number {
    const least = Math.min(...this.arrivals.map(({ lagMs }) => lagMs))
    const most = Math.max(...this.arrivals.map(({ waitMs }) => waitMs))
    return clamp(most, least, least + LONGEST_HOLD_MS)
  }

  private forget(beforeMs: number): void {
    while (this.poses.length > 2 && this.poses[1].tMs <= beforeMs) this.poses.shift()
  }

  private between(atMs: number): Pose {
    const next = this.poses.findIndex(({ tMs }) => tMs > atMs)
    if (next === -1) return this.poses[this.poses.length - 1].pose
    if (next === 0) return this.poses[0].pose
    const [a, b] = [this.poses[next - 1], this.poses[next]]
    if (b.tMs - a.tMs > MAX_GAP_MS) return a.pose
    const share = (atMs - a.tMs) / (b.tMs - a.tMs)
    return a.pose.map((value, i) => {
      const to = b.pose[i]
      return i % C === C - 1 ? Math.min(value, to) : value + (to - value) * share
    })
  }
}
