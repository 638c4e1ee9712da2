/** A planned workout as it was done. No Vue, no words. */
import type { Bucket, Mark, PerformedRep } from '@/api/plans'

const WORSE: Record<Bucket, number> = { green: 0, yellow: 1, red: 2 }

/** The verdict of a repetition is that of what was furthest from what was asked; null where nothing was. */
export function worst(marks: readonly (Mark | null)[]): Bucket | null {
  const buckets = marks.flatMap((mark) => (mark ? [mark.bucket] : []))
  return buckets.toSorted((a, b) => WORSE[b] - WORSE[a])[0] ?? null
}

/** "3.0-1.0-1.2": seconds down, paused and up, as a tempo is asked for. */
export const tempoText = (
  { down, pause, up }: PerformedRep['tempo_s'],
  number: (seconds: number) => string,
): string => [down, pause, up].map(number).join('-')

/** The places of sets that were asked for and not done, from 1. */
export function missingSets(asked: number, done: number): number[] {
  return Array.from({ length: Math.max(0, asked - done) }, (_, i) => done + i + 1)
}
