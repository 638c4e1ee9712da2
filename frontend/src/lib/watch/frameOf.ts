/** What of the picture a tile shows: all that the body reached lately, so that it is large and stands still. */
import { C, K } from '@/pose/skeleton'
import type { Pose } from '@/pose/frame'
import { MIN_SCORE } from '@/lib/replay/joints'
import type { Box } from '@/lib/replay/placement'

const MARGIN = 0.08
/** Share of the way that is let go of in a second: it grows at once and shrinks calmly. */
const SHRINKS = 0.08
/** Of the picture's height: nearer than this nobody wants to see anybody. */
const LEAST = 0.35

/** In heights of the picture; null where nobody is seen. */
function reached(pose: Pose, aspect: number): Box | null {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (let k = 0; k < K; k++) {
    if (pose[k * C + 2] < MIN_SCORE) continue
    const [x, y] = [pose[k * C] * aspect, pose[k * C + 1]]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box.left < box.right ? box : null
}

export class Framing {
  private box: Box | null = null
  private seenMs = 0

  /** `nowMs`: of the same clock each time. */
  see(pose: Pose, aspect: number, nowMs: number): Box {
    const body = reached(pose, aspect)
    const share = this.box ? 1 - (1 - SHRINKS) ** ((nowMs - this.seenMs) / 1_000) : 1
    this.seenMs = nowMs
    if (body) this.box = this.box ? follow(this.box, body, share) : body
    return withRoom(this.box ?? { left: 0, top: 0, right: aspect, bottom: 1 })
  }
}

function follow(box: Box, to: Box, share: number): Box {
  const towards = (from: number, goal: number, outwards: (a: number, b: number) => number): number =>
    outwards(from, goal) === goal ? goal : from + (goal - from) * share
  return {
    left: towards(box.left, to.left, Math.min),
    top: towards(box.top, to.top, Math.min),
    right: towards(box.right, to.right, Math.max),
    bottom: towards(box.bottom, to.bottom, Math.max),
  }
}

function withRoom({ left, top, right, bottom }: Box): Box {
  const room = MARGIN * Math.max(right - left, bottom - top)
  const [dx, dy] = [right - left, bottom - top].map((side) => Math.max(room, (LEAST - side) / 2))
  return { left: left - dx, top: top - dy, right: right + dx, bottom: bottom + dy }
}
