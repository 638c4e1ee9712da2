/** How slowly the rate follows, in events. */
const MEMORY = 12

/** A rate that follows the last events and does not jump with each. */
export class Rate {
  perSecond = 0
  private events = 0
  private lastMs: number

  constructor(nowMs: number) {
    this.lastMs = nowMs
  }

  add(nowMs: number): void {
    const current = 1_000 / Math.max(nowMs - this.lastMs, 1)
    this.perSecond += (current - this.perSecond) / Math.min(++this.events, MEMORY)
    this.lastMs = nowMs
  }
}
