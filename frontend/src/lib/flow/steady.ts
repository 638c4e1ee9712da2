/** A value that changes only when the new one has stood for a while, so that a flicker says nothing. */
export class Steady<T> {
  private candidate: T
  private sinceMs = -Infinity

  constructor(
    public value: T,
    private readonly holdMs: number,
  ) {
    this.candidate = value
  }

  /** Takes what is seen at a time in ms; answers what holds. */
  update(seen: T, nowMs: number): T {
    if (seen !== this.candidate) {
      this.candidate = seen
      this.sinceMs = nowMs
    }
    if (nowMs - this.sinceMs >= this.holdMs) this.value = this.candidate
    return this.value
  }

  reset(value: T): void {
    this.value = this.candidate = value
    this.sinceMs = -Infinity
  }
}
