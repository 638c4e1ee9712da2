/**
 * The One Euro filter: steady while nothing moves, prompt while something does.
 *
 * Casiez, Roussel, Vogel, "1 € filter", CHI 2012. The parameters are those that tfjs-models publishes for keypoints in
 * [0, 1] of a picture (pose-detection, MoveNet).
 */
import type { Pose } from './frame'
import { C } from './skeleton'

const MIN_CUTOFF_HZ = 2.5
/** Hz of cutoff for each picture width a second. */
const BETA = 300
const SPEED_CUTOFF_HZ = 2.5

/** Share of the new value in an exponential mean with this cutoff. */
function share(cutoffHz: number, stepS: number): number {
  return 1 / (1 + 1 / (2 * Math.PI * cutoffHz * stepS))
}

/** Smooths x and y of every keypoint; scores pass. Times are in ms and rise, else it begins anew. */
export class PoseSmoother {
  private last: { tMs: number; raw: Pose; smooth: Pose; speed: Float32Array } | null = null

  smooth(pose: Pose, tMs: number): Pose {
    const { last } = this
    const speed = new Float32Array(pose.length)
    const smooth = pose.slice()
    if (last && tMs > last.tMs) {
      const stepS = (tMs - last.tMs) / 1_000
      for (let i = 0; i < pose.length; i++) {
        if (i % C === 2) continue
        const now = (pose[i] - last.raw[i]) / stepS
        speed[i] = last.speed[i] + share(SPEED_CUTOFF_HZ, stepS) * (now - last.speed[i])
        const cutoffHz = MIN_CUTOFF_HZ + BETA * Math.abs(speed[i])
        smooth[i] = last.smooth[i] + share(cutoffHz, stepS) * (pose[i] - last.smooth[i])
      }
    }
    this.last = { tMs, raw: pose.slice(), smooth, speed }
    return smooth
  }

  reset(): void {
    this.last = null
  }
}
