/** When to try again. Times in ms. */

const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/** Doubles with every failure up to a minute; half of it is left to chance, so that many devices do not knock at once. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.max(failures - 1, 0), LONGEST_MS)
  return Math.round(whole * (0.5 + random() / 2))
}

/**
 * At least what the server asked for, longer with every failure, and up to a second more left to chance:
 * those whom a full server sends back at once shall not come back at once.
 */
export function askedBackoffMs(
  askedMs: number,
  failures: number,
  random: () => number = Math.random,
): number {
  return Math.max(askedMs, backoffMs(failures, random)) + Math.round(random() * FIRST_MS)
}

/** The wait that a Retry-After header asks for, in seconds or as a date (RFC 9110 §10.2.3); null without a usable one. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(seconds, 0) * 1_000
  const dateMs = Date.parse(header)
  return Number.isNaN(dateMs) ? null : Math.max(dateMs - nowMs, 0)
}

/** Settles after `ms`, or at once when `signal` aborts; never rejects. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Remembers that it was rung until somebody has waited for it. */
export class Bell {
  private rung = false
  private waiting: (() => void) | null = null

  ring(): void {
    this.rung = true
    this.waiting?.()
  }

  /** Settles when rung, or when `signal` aborts. One waits at a time. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    this.waiting = null
    this.rung = false
  }
}
