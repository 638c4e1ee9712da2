/** Which of two sides shows a movement: the one that moves more, of those that are seen about as well. */
import type { JointAngle } from './jointAngle'

type Side = 'left' | 'right'
const SIDES: readonly Side[] = ['left', 'right']

/** How far back a side's movement is looked at. */
const WINDOW_MS = 5_000
/** A side is left for one that moves this much more, in degrees and as a factor: else it would flicker. */
const MORE_DEG = 10
const MORE = 1.3
/** A score that is this much lower is not believed. */
const LESS_SURE = 0.25

interface Seen extends JointAngle {
  tMs: number
}

export class JointSide {
  private side: Side = 'left'
  private past: Record<Side, Seen[]> = { left: [], right: [] }

  /** Takes both sides' angles of a frame; answers the one to follow, null where its joint is not seen. */
  choose(angles: Record<Side, JointAngle | null>, tMs: number): JointAngle | null {
    for (const side of SIDES) {
      const angle = angles[side]
      if (angle) this.past[side].push({ ...angle, tMs })
      this.past[side] = this.past[side].filter((one) => one.tMs >= tMs - WINDOW_MS)
    }
    const other: Side = this.side === 'left' ? 'right' : 'left'
    if (this.isBetter(other)) this.side = other
    return angles[this.side]
  }

  private isBetter(other: Side): boolean {
    const [now, then] = [this.past[this.side], this.past[other]]
    if (!now.length || !then.length) return !now.length
    if (meanScore(then) < meanScore(now) - LESS_SURE) return false
    return rangeOf(then) > Math.max(MORE * rangeOf(now), rangeOf(now) + MORE_DEG)
  }
}

const meanScore = (seen: readonly Seen[]): number =>
  seen.reduce((sum, { score }) => sum + score, 0) / seen.length

/** Without the outermost frames: one wrong place is no movement. */
function rangeOf(seen: readonly Seen[]): number {
  const sorted = seen.map(({ deg }) => deg).sort((a, b) => a - b)
  const cut = Math.floor(sorted.length / 10)
  return sorted[sorted.length - 1 - cut] - sorted[cut]
}
