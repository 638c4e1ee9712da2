/** Notices that the first estimator does not see the athlete well enough to go on with it. */
import { certainty } from './follower'
import type { Pose } from './frame'

/** Over this time the median certainty is taken. */
const SPAN_MS = 1_500
const FEWEST_FRAMES = 5
/** Below this a quarter of PoseNet's body keypoints or more are off by a quarter of a trunk (docs/experiments.md). */
const WEAK = 0.6
/** Below this nobody is in view, and no estimator would help. */
const SOMEBODY = 0.08

export class Weakness {
  private recent: { tMs: number; certainty: number }[] = []

  /** Takes the pose of the next frame; answers whether the last 1.5 s were weak while somebody was in view. */
  add(pose: Pose, tMs: number): boolean {
    const last = this.recent.at(-1)
    if (last && tMs <= last.tMs) this.recent = []
    this.recent.push({ tMs, certainty: certainty(pose) })
    const begin = this.recent.findLastIndex((frame) => frame.tMs <= tMs - SPAN_MS)
    if (begin < 0 || this.recent.length < FEWEST_FRAMES) return false
    this.recent = this.recent.slice(begin)
    const sorted = this.recent.map((frame) => frame.certainty).sort((a, b) => a - b)
    const median = sorted[sorted.length >> 1]
    return median >= SOMEBODY && median < WEAK
  }
}
