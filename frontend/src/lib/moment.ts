/** The address of a set, of a movement in it, of a moment in that. */
import type { WorkoutSet } from '@/api/types'
import { spanOf, type SetEvent } from './reps'

export interface MomentLink {
  name: 'set'
  params: { id: string; setId: string }
  query: Record<string, string>
}

/** `rep`: as the page counts, from 1. `t`: ms since the set started. */
export function momentLink(
  { id, workout }: Pick<WorkoutSet, 'id' | 'workout'>,
  event?: SetEvent,
  atMs?: number,
): MomentLink {
  const query: Record<string, string> = {}
  if (event?.kind === 'rep') query.rep = String(event.rep.index + 1)
  const moment = atMs ?? (event?.kind === 'attempt' ? spanOf(event).start_ms : undefined)
  if (moment !== undefined) query.t = String(Math.round(moment))
  return { name: 'set', params: { id: workout, setId: id }, query }
}

const whole = (value: unknown): number | null =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null

export interface Moment {
  /** Index of the event, null for the set as a whole. */
  open: number | null
  atMs: number | null
}

/** What an address names among these events. A moment without a repetition opens what goes on then. */
export function momentOfQuery(query: Readonly<Record<string, unknown>>, events: readonly SetEvent[]): Moment {
  const rep = whole(query.rep)
  const atMs = whole(query.t)
  // Of two that touch at this moment the later one is meant: links to an attempt name its start.
  const open = events.findLastIndex((event) =>
    rep === null
      ? atMs !== null && spanOf(event).start_ms <= atMs && atMs <= spanOf(event).end_ms
      : event.kind === 'rep' && event.rep.index + 1 === rep,
  )
  return { open: open < 0 ? null : open, atMs }
}
