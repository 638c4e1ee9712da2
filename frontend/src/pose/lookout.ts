/** When it is worth an inference to look for other people, while the athlete seems to be alone. */
import { certainty } from './follower'
import type { Pose } from './frame'
import { SOMEBODY, type Tracker } from './tracker'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 4_000
/** Less like the athlete's last pose than this: it may be somebody else's. */
const LEAP = 0.05
/** After a longer break nothing can be said of leaps. */
const FRESH_MS = 1_000
const BETWEEN_LEAPS_MS = 500

export class Lookout {
  private waitMs = FIRST_WAIT_MS
  private nextMs = -Infinity
  private nextLeapMs = -Infinity

  /** Now and then, more rarely while nobody else comes. */
  isDue(tMs: number): boolean {
    return tMs >= this.nextMs
  }

  /** Whether the pose has leapt from the athlete's to another place, which bodies do not do. */
  hasLeapt({ athlete }: Tracker, pose: Pose, tMs: number, aspect: number): boolean {
    if (!athlete || tMs - athlete.tMs > FRESH_MS || tMs < this.nextLeapMs) return false
    return certainty(pose) >= SOMEBODY && athlete.likeness(pose, tMs, aspect) < LEAP
  }

  /** To be told of every look: how many others there were. */
  note(others: number, tMs: number): void {
    this.waitMs = others > 0 ? FIRST_WAIT_MS : Math.min(2 * this.waitMs, LONGEST_WAIT_MS)
    this.nextMs = tMs + this.waitMs
    this.nextLeapMs = tMs + BETWEEN_LEAPS_MS
  }
}
