/**
 * Keeps left and right apart: where the two keypoints of a pair change places between two pictures, they change back.
 *
 * A limb cannot be where the other one was a twelfth of a second before, so the names have leapt and not the limbs.
 * Somebody who turns round brings the two together first, and what lasts is believed.
 */
import type { Pose } from './frame'
import { C, HIPS, K, MIRROR, SHOULDERS } from './skeleton'

/** The body's pairs: those of the face lie too close together. */
const PAIRS = Array.from({ length: K }, (_, k) => [k, MIRROR[k]] as const).filter(
  ([left, right]) => left >= SHOULDERS[0] && left < right,
)
/** Keypoints below this score have no place. */
const MIN_SCORE = 0.3
/** Changed back where both together have so much less far to go. */
const SHORTER = 0.3
/** Closer than this share of the trunk, nothing can be said. */
const APART = 0.25
/** What the estimator says for longer is so. */
const LASTING_MS = 180
/** After a longer break nothing is known of what was. */
const FRESH_MS = 500

export class Sides {
  private last: { pose: Pose; tMs: number } | null = null
  /** Since when the estimator has said otherwise, of each pair. */
  private readonly since = new Map<number, number>()

  /** The pose with its sides as they were; the same array where nothing changes. aspect: width over height of the picture. */
  keep(pose: Pose, tMs: number, aspect: number): Pose {
    const { last } = this
    let kept = pose
    if (last && tMs > last.tMs && tMs - last.tMs <= FRESH_MS) {
      for (const [left, right] of PAIRS) {
        if (!this.hasLeapt(last.pose, pose, left, right, aspect)) this.since.delete(left)
        else if (this.isShort(left, tMs)) kept = exchanged(kept, left, right)
      }
    } else {
      this.since.clear()
    }
    this.last = { pose: kept.slice(), tMs }
    return kept
  }

  reset(): void {
    this.last = null
    this.since.clear()
  }

  private isShort(pair: number, tMs: number): boolean {
    const since = this.since.get(pair) ?? tMs
    const isShort = tMs - since <= LASTING_MS
    if (isShort) this.since.set(pair, since)
    else this.since.delete(pair)
    return isShort
  }

  private hasLeapt(before: Pose, now: Pose, left: number, right: number, aspect: number): boolean {
    const isSeen = [left, right].every((k) => Math.min(before[k * C + 2], now[k * C + 2]) >= MIN_SCORE)
    if (!isSeen) return false
    const way = (from: number, to: number) => distance(before, from, now, to, aspect)
    const kept = way(left, left) + way(right, right)
    const crossed = way(left, right) + way(right, left)
    return crossed < SHORTER * kept && distance(now, left, now, right, aspect) > APART * trunk(before, aspect)
  }
}

function distance(a: Pose, i: number, b: Pose, j: number, aspect: number): number {
  return Math.hypot((a[i * C] - b[j * C]) * aspect, a[i * C + 1] - b[j * C + 1])
}

function trunk(pose: Pose, aspect: number): number {
  const middle = (pair: readonly number[], c: number) => (pose[pair[0] * C + c] + pose[pair[1] * C + c]) / 2
  return Math.hypot((middle(SHOULDERS, 0) - middle(HIPS, 0)) * aspect, middle(SHOULDERS, 1) - middle(HIPS, 1))
}

function exchanged(pose: Pose, left: number, right: number): Pose {
  const changed = pose.slice()
  changed.set(pose.subarray(right * C, right * C + C), left * C)
  changed.set(pose.subarray(left * C, left * C + C), right * C)
  return changed
}
