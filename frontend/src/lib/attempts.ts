/** When a movement that did not count is worth a word: once, while it is fresh, and not before two looks agree. */

/** An attempt as the server tells it, or as this device found it. */
export interface LiveAttempt {
  start_ms: number
  end_ms: number
  reason: string
  /** From the server, for a reason that the page has no words for. */
  message?: string
  /** How far it went, and how far this set's repetitions go. */
  rom_deg?: number | null
  needed_deg?: number | null
}

/** Two looks may put the same movement this far apart. */
const SAME_MS = 1_500
/** Who hears of it later cannot tell which movement is meant. */
const LATE_MS = 5_000

const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_MS

export class AttemptWatch {
  private told: number[] = []
  private seen: { startMs: number; atMs: number } | null = null

  /**
   * Takes the last attempt of a look that has read up to `atMs`; answers it when it is to be told.
   *
   * `isSure`: nobody looks again soon, so one look must do.
   */
  push(attempt: LiveAttempt | null, atMs: number, isSure = false): LiveAttempt | null {
    const before = this.seen
    this.seen = attempt && { startMs: attempt.start_ms, atMs }
    if (!attempt || atMs - attempt.end_ms > LATE_MS) return null
    if (this.told.some((startMs) => isSame(startMs, attempt.start_ms))) return null
    const isSeenTwice = before !== null && before.atMs < atMs && isSame(before.startMs, attempt.start_ms)
    if (!isSure && !isSeenTwice) return null
    this.told.push(attempt.start_ms)
    return attempt
  }
}

/** Both in whole degrees, where they say that it fell short. */
export function shortfall({ rom_deg, needed_deg }: LiveAttempt): { rom: number; needed: number } | null {
  if (rom_deg === null || rom_deg === undefined || needed_deg === null || needed_deg === undefined)
    return null
  const [rom, needed] = [Math.round(rom_deg), Math.round(needed_deg)]
  return rom < needed ? { rom, needed } : null
}
