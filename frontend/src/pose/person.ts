/** One person among several: who they are, where they were last, and where they should be by now. */
import type { Pose } from './frame'
import { areaOf, boxOf, oks } from './oks'
import { C } from './skeleton'

/** In this time a keypoint may go as far again as annotators differ on it. */
const MOVING_MS = 150
const MOST_ALLOWANCE = 5
/** Share of the newest speed in the mean. */
const NEWEST = 0.4
/** Nobody walks on at the same speed for longer, as far as can be told. */
const FORESEEN_MS = 500

type Point = readonly [x: number, y: number]

/** x and y in [0, 1] of the picture, times in ms. */
export class Person {
  private velocity: Point = [0, 0]

  constructor(
    readonly id: number,
    public pose: Pose,
    /** When last seen. */
    public tMs: number,
  ) {}

  moveTo(pose: Pose, tMs: number): void {
    const [x, y] = this.middle
    const [lastX, lastY] = this.velocity
    const stepMs = tMs - this.tMs
    this.pose = pose
    this.tMs = tMs
    const [nowX, nowY] = this.middle
    if (stepMs <= 0) return
    this.velocity = [
      lastX + NEWEST * ((nowX - x) / stepMs - lastX),
      lastY + NEWEST * ((nowY - y) / stepMs - lastY),
    ]
  }

  /**
   * How far a pose may be this person's, in [0, 1]: likeness to where they were or, walking on, should be.
   *
   * aspect: width over height of the picture.
   */
  likeness(pose: Pose, tMs: number, aspect: number): number {
    const goneMs = Math.max(tMs - this.tMs, 0)
    const allowance = Math.min(1 + goneMs / MOVING_MS, MOST_ALLOWANCE)
    const onMs = Math.min(goneMs, FORESEEN_MS)
    const ahead = shifted(this.pose, this.velocity[0] * onMs, this.velocity[1] * onMs)
    return Math.max(oks(this.pose, pose, aspect, allowance), oks(ahead, pose, aspect, allowance))
  }

  get size(): number {
    const box = boxOf(this.pose)
    return box ? areaOf(box) : 0
  }

  get middle(): Point {
    const box = boxOf(this.pose)
    return box ? [(box.left + box.right) / 2, (box.top + box.bottom) / 2] : [0.5, 0.5]
  }

  /** 0 at the middle of the person's box, below 1 within it, then the distance from its edge in picture heights. */
  distanceTo(x: number, y: number, aspect: number): number {
    const box = boxOf(this.pose)
    if (!box) return Infinity
    const outX = Math.max(box.left - x, x - box.right, 0) * aspect
    const outY = Math.max(box.top - y, y - box.bottom, 0)
    if (outX > 0 || outY > 0) return 1 + Math.hypot(outX, outY)
    const [middleX, middleY] = this.middle
    return Math.min(Math.hypot((x - middleX) * aspect, y - middleY), 1)
  }
}

function shifted(pose: Pose, x: number, y: number): Pose {
  return pose.map((value, i) => value + (i % C === 0 ? x : i % C === 1 ? y : 0))
}
