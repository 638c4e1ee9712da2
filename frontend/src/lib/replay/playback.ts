/** A film's clock: plain arithmetic, so that it can be tested without one. */
import { clamp } from '@/discriminator/numbers'

export interface Span {
  startMs: number
  endMs: number
}

export const SPEEDS = [0.25, 0.5, 1, 2] as const
export type Speed = (typeof SPEEDS)[number]

/** Where the film stands when `passedMs` have gone by, and whether it has come to its end. A loop has none. */
export function advanced(
  atMs: number,
  passedMs: number,
  speed: number,
  { startMs, endMs }: Span,
  looping: boolean,
): { atMs: number; ended: boolean } {
  const length = endMs - startMs
  const next = atMs + passedMs * speed
  if (next < endMs) return { atMs: Math.max(next, startMs), ended: false }
  if (!looping || length <= 0) return { atMs: endMs, ended: true }
  return { atMs: startMs + ((next - startMs) % length), ended: false }
}

/** Place of a moment on a bar, in [0, 1]. */
export function shareOf(atMs: number, { startMs, endMs }: Span): number {
  return endMs > startMs ? clamp((atMs - startMs) / (endMs - startMs), 0, 1) : 0
}
