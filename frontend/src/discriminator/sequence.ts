/** Frames of one set in order of time, as `models/sequence.py` has them. */
import type { Frame } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'

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
  const first = tMs.findIndex((t) => t >= startMs)
  const from = first < 0 ? tMs.length : first
  return { tMs: tMs.subarray(from), poses: poses.subarray(from * WIDTH), aspect }
}

/** Frames as they come, kept as what the server gets: whole milliseconds, coordinates in whole steps of a clip. */
export class FrameLog {
  private readonly times: number[] = []
  private poses = new Float32Array(256 * WIDTH)
  private aspect: number | null = null

  get length(): number {
    return this.times.length
  }

  get lastMs(): number {
    return this.times.at(-1) ?? 0
  }

  /** Answers whether the frame was taken: one that is not later than the last is dropped. */
  push({ tMs, pose, widthPx, heightPx }: Frame): boolean {
    const t = Math.round(tMs)
    if (this.times.length && t <= this.lastMs) return false
    const at = this.times.length * WIDTH
    if (at === this.poses.length) {
      const wider = new Float32Array(2 * at)
      wider.set(this.poses)
      this.poses = wider
    }
    for (let i = 0; i < WIDTH; i++) {
      const steps = i % C === C - 1 ? 255 : 65_535
      this.poses[at + i] = Math.round(Math.min(1, Math.max(0, pose[i])) * steps) / steps
    }
    this.times.push(t)
    this.aspect ??= widthPx / heightPx
    return true
  }

  /** The frames from `startMs` on; a view, valid until the next push. */
  since(startMs: number): Sequence {
    const poses = this.poses.subarray(0, this.times.length * WIDTH)
    return since({ tMs: Float64Array.from(this.times), poses, aspect: this.aspect }, startMs)
  }
}
