/** When API tokens end. */

/** Days that are offered. */
export const LASTING = [7, 30, 90, 365] as const

const HOUR_MS = 3_600_000

/** So many days from now, ISO 8601; an hour less, so that a clock that runs ahead asks for no more than a year. */
export function endOf(days: number, now: Date): string {
  return new Date(now.getTime() + days * 24 * HOUR_MS - HOUR_MS).toISOString()
}

export const hasEnded = ({ expires_at }: { expires_at: string }, now: Date): boolean =>
  Date.parse(expires_at) <= now.getTime()
