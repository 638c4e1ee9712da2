/** When a coach's own words are said during a set: few, and never one on top of another. Pure. */
import type { CoachCue } from '@/api/types'

/** Repetitions between two of those that are said now and then. */
const EVERY = 4
/** Between two things said. */
const PAUSE_MS = 10_000

export interface CueState {
  reps: number
  attempts: number
  /** Repetitions when something was last said now and then. */
  saidAtRep: number
  saidAtMs: number
  /** Of those said now and then, and of those about too small a movement: how many were said. */
  during: number
  short: number
}

export const SILENT: CueState = {
  reps: 0,
  attempts: 0,
  saidAtRep: 0,
  saidAtMs: -Infinity,
  during: 0,
  short: 0,
}

export interface Heard {
  reps: number
  attempts: number
  /** Why the newest movement did not count; null where none is known. */
  reason: string | null
  atMs: number
}

const of = (cues: readonly CoachCue[], moment: CoachCue['moment']): CoachCue[] =>
  cues.filter((cue) => cue.moment === moment)

/** What is said as a set begins: all of it in one breath. */
export const opening = (cues: readonly CoachCue[]): string =>
  of(cues, 'start')
    .map(({ text }) => text)
    .join(' ')

/** Takes in a look at the set; answers what to say, mostly nothing. */
export function nextCue(
  state: CueState,
  cues: readonly CoachCue[],
  { reps, attempts, reason, atMs }: Heard,
): { state: CueState; said: string | null } {
  const next = { ...state, reps, attempts }
  if (atMs - state.saidAtMs < PAUSE_MS) return { state: next, said: null }
  const short = of(cues, 'short')
  if (attempts > state.attempts && reason === 'too_small' && short.length) {
    const said = short[state.short % short.length].text
    return { state: { ...next, short: state.short + 1, saidAtMs: atMs }, said }
  }
  const during = of(cues, 'during')
  if (reps - state.saidAtRep >= EVERY && during.length) {
    const said = during[state.during % during.length].text
    return { state: { ...next, during: state.during + 1, saidAtRep: reps, saidAtMs: atMs }, said }
  }
  return { state: next, said: null }
}
