/** Counts down to a moment, tells each whole second that is left once, and can be stopped, resumed and extended. */
export class Timer {
  private endMs: number
  private toldS: number
  private pausedLeftMs: number | null = null
  private wholeMs: number

  constructor(durationMs: number, nowMs: number) {
    this.endMs = nowMs + durationMs
    this.wholeMs = durationMs
    this.toldS = Infinity
  }

  /** The whole length, with what was added. */
  get durationMs(): number {
    return this.wholeMs
  }

  leftMs(nowMs: number): number {
    return Math.max(this.pausedLeftMs ?? this.endMs - nowMs, 0)
  }

  isOver(nowMs: number): boolean {
    return this.leftMs(nowMs) === 0
  }

  /** The whole seconds left, once for each; null where that was told. Of seconds missed only the newest is told. */
  tick(nowMs: number): number | null {
    const leftS = Math.ceil(this.leftMs(nowMs) / 1_000)
    if (leftS >= this.toldS || leftS === 0) return null
    this.toldS = leftS
    return leftS
  }

  extend(ms: number): void {
    this.endMs += ms
    this.wholeMs += ms
    if (this.pausedLeftMs !== null) this.pausedLeftMs += ms
    this.toldS = Infinity
  }

  pause(nowMs: number): void {
    this.pausedLeftMs ??= this.leftMs(nowMs)
  }

  resume(nowMs: number): void {
    if (this.pausedLeftMs === null) return
    this.endMs = nowMs + this.pausedLeftMs
    this.pausedLeftMs = null
  }
}
