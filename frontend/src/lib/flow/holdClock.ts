/**
 * The time of a hold as a clock that runs: the discriminator looks a few times a second, an eye wants every second.
 *
 * It runs on while the last look saw the hold go on, no longer than a look may take, and never back.
 */
const LONGEST_LOOK_MS = 1_500

export class HoldClock {
  private heldS = 0
  private atMs = 0
  private runs = false
  private shownS = 0

  /** Takes what a look found. */
  look(heldS: number, nowMs: number): void {
    if (heldS < this.heldS) this.shownS = heldS
    this.runs = heldS > this.heldS
    this.heldS = heldS
    this.atMs = nowMs
  }

  /** Seconds to show at this moment. */
  at(nowMs: number): number {
    const sinceMs = Math.min(nowMs - this.atMs, LONGEST_LOOK_MS)
    const nowS = this.heldS + (this.runs ? sinceMs / 1_000 : 0)
    this.shownS = Math.max(this.shownS, nowS)
    return this.shownS
  }
}
