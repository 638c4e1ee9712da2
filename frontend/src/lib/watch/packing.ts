/** Poses small enough to be sent while somebody trains, and back again. */
import { C, K } from '@/pose/skeleton'
import type { Pose } from '@/pose/frame'
import type { PackedFrames } from './types'

const PLACES = 10_000
const SCORES = 255
const WIDTH = K * C
/** At most ten a second. */
const GAP_MS = 100
/** A camera's clock stumbles: what comes a little early still is the next one. */
const EARLY_MS = 15
/** Of a connection that stalls, the newest are worth sending. */
const MOST = 6

export interface TimedPose {
  /** Unix ms. */
  tMs: number
  pose: Pose
}

const packed = (pose: Pose): number[] =>
  Array.from(pose, (value, i) => {
    const most = i % C === C - 1 ? SCORES : PLACES
    return Math.round(Math.min(Math.max(value, 0), 1) * most)
  })

/** Poses of a packet, in order. */
export function unpacked({ t_ms, keypoints }: PackedFrames): TimedPose[] {
  return t_ms.map((tMs, frame) => ({
    tMs,
    pose: Float32Array.from(
      keypoints.slice(frame * WIDTH, (frame + 1) * WIDTH),
      (value, i) => value / (i % C === C - 1 ? SCORES : PLACES),
    ),
  }))
}

/** Gathers the newest poses until they are taken. */
export class Packer {
  private frames: TimedPose[] = []
  private lastMs = -Infinity
  private size = { width_px: 1, height_px: 1 }

  push(pose: Pose, tMs: number, size: { widthPx: number; heightPx: number }): void {
    const atMs = Math.round(tMs)
    if (atMs - this.lastMs < GAP_MS - EARLY_MS) return
    this.lastMs = atMs
    this.size = { width_px: size.widthPx, height_px: size.heightPx }
    this.frames.push({ tMs: atMs, pose })
    if (this.frames.length > MOST) this.frames.shift()
  }

  take(): PackedFrames {
    const { frames, size } = this
    this.frames = []
    return {
      ...size,
      t_ms: frames.map(({ tMs }) => tMs),
      keypoints: frames.flatMap(({ pose }) => packed(pose)),
    }
  }
}
