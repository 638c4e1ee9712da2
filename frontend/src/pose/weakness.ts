/** Notices that the first estimator does not see the athlete well enough to go on with it. */
import { certainty } from './follower'
import type { Pose } from './frame'
import { C, HIPS, SHOULDERS } from './skeleton'

/** Over this time the median certainty is taken. */
const SPAN_MS = 1_500
const FEWEST_FRAMES = 5
/** Below this a quarter of PoseNet's body keypoints or more are off by a quarter of a trunk (docs/experiments.md). */
const WEAK = 0.6
/** Of lying bodies PoseNet is hardly ever this sure: even turned upright it loses their legs and single repetitions. */
const WEAK_LYING = 0.95
/** Below this nobody is in view, and no estimator would help. */
const SOMEBODY = 0.08

interface Seen {
  tMs: number
  certainty: number
  /** By how much more it is sure than it has to be. */
  spare: number
}

export class Weakness {
  private recent: Seen[] = []

  /**
   * Takes the pose of the next frame; answers whether the last 1.5 s were weak while somebody was in view.
   *
   * aspect: width over height of the picture.
   */
  add(pose: Pose, tMs: number, aspect = 1): boolean {
    const last = this.recent.at(-1)
    if (last && tMs <= last.tMs) this.recent = []
    const sure = certainty(pose)
    this.recent.push({ tMs, certainty: sure, spare: sure - (lies(pose, aspect) ? WEAK_LYING : WEAK) })
    const begin = this.recent.findLastIndex((frame) => frame.tMs <= tMs - SPAN_MS)
    if (begin < 0 || this.recent.length < FEWEST_FRAMES) return false
    this.recent = this.recent.slice(begin)
    return median(this.recent, 'certainty') >= SOMEBODY && median(this.recent, 'spare') < 0
  }
}

function median(frames: readonly Seen[], name: 'certainty' | 'spare'): number {
  const sorted = frames.map((frame) => frame[name]).sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

/** Whether the trunk is nearer to the horizontal than to the vertical. */
function lies(pose: Pose, aspect: number): boolean {
  const across = middle(pose, SHOULDERS, 0) - middle(pose, HIPS, 0)
  const up = middle(pose, SHOULDERS, 1) - middle(pose, HIPS, 1)
  return Math.abs(across) * aspect > Math.abs(up)
}

function middle(pose: Pose, [left, right]: readonly number[], axis: 0 | 1): number {
  return (pose[left * C + axis] + pose[right * C + axis]) / 2
}
