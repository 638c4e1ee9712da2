/** Frames of one set in order of time, as `models/sequence.py` has them. */
import type { Frame } from '@/pose/frame'
import { roundedPlace, roundedScore } from '@/pose/rounding'
import { C, K } from '@/pose/skeleton'
import { lowerBound } from './numbers'

export interface Sequence {
  /** (T,) ms since the set started, strictly increasing. */
  tMs: Float64Array
  /** (T, K, C) x, y, score in [0, 1] of the unmirrored frame, y down. */
  poses: Float32Array
  /** Width / height of the picture; null where it is unknown, and then no angle can be taken. */
  aspect: number | null
}

const WIDTH = K * C

/** Throws where shapes disagree or time does not increase. */
export function sequenceOf(
  tMs: ArrayLike<number>,
  poses: ArrayLike<number>,
  aspect: number | null = null,
): Sequence {
  if (poses.length !== tMs.length * WIDTH) {
    throw new Error(`poses: expected ${tMs.length} frames of ${WIDTH} values, got ${poses.length} values`)
  }
  for (let i = 1; i < tMs.length; i++) {
    if (!(tMs[i] > tMs[i - 1]))
      throw new Error(`t_ms[${i}]: expected later than ${tMs[i - 1]}, got ${tMs[i]}`)
  }
  return { tMs: Float64Array.from(tMs), poses: Float32Array.from(poses), aspect }
}

/** The frames from `startMs` on. */
export function since({ tMs, poses, aspect }: Sequence, startMs: number): Sequence {
  const from = lowerBound(tMs, startMs)
  return { tMs: tMs.subarray(from), poses: poses.subarray(from * WIDTH), aspect }
}

/** Frames as they come, kept as the server keeps them: whole milliseconds, quarters of a pixel. */
export class FrameLog {
  private times = new Float64Array(256)
  private poses = new Float32Array(256 * WIDTH)
  private count = 0
  private aspect: number | null = null

  get length(): number {
    return this.count
  }

  get lastMs(): number {
    return this.count ? this.times[this.count - 1] : 0
  }

  /** Answers whether the frame was taken: one that is not later than the last is dropped. */
  push({ tMs, pose, widthPx, heightPx }: Frame): boolean {
    const t = Math.round(tMs)
    if (this.count && t <= this.lastMs) return false
    if (this.count === this.times.length) this.grow()
    const at = this.count * WIDTH
    for (let i = 0; i < WIDTH; i += C) {
      this.poses[at + i] = roundedPlace(pose[i], widthPx)
      this.poses[at + i + 1] = roundedPlace(pose[i + 1], heightPx)
      this.poses[at + i + 2] = roundedScore(pose[i + 2])
    }
    this.times[this.count++] = t
    this.aspect ??= widthPx / heightPx
    return true
  }

  private grow(): void {
    const [times, poses] = [new Float64Array(2 * this.times.length), new Float32Array(2 * this.poses.length)]
    times.set(this.times)
    poses.set(this.poses)
    this.times = times
    this.poses = poses
  }

  /** The frames from `startMs` on; a view, valid until the next push. */
  since(startMs: number): Sequence {
    const [tMs, poses] = [this.times.subarray(0, this.count), this.poses.subarray(0, this.count * WIDTH)]
    return since({ tMs, poses, aspect: this.aspect }, startMs)
  }
}
