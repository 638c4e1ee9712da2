/** What is said, how urgent it is, and from which verbosity on: a table, no sound. */
import { VERBOSITIES, type Verbosity } from './settings'

export type SpeechKind = 'count' | 'countdown' | 'coach' | 'guidance' | 'note' | 'attempt' | 'cue' | 'praise'

export interface Line {
  kind: SpeechKind
  text: string
  /** When it was asked for, ms. */
  sinceMs: number
  /** Whether a number broke it off before. */
  again: boolean
}

interface Rule {
  /** The higher goes first. */
  rank: number
  /** What waits longer than this is no longer true. */
  freshMs: number
  from: Verbosity
}

/**
 * count, countdown: numbers of now. coach: what a person says who watches. guidance: how to be seen ("step back"). note: what begins or ends ("set finished").
 * attempt: why a movement did not count. cue: what to change. praise: what went well.
 */
export const RULES: Readonly<Record<SpeechKind, Rule>> = {
  count: { rank: 7, freshMs: 1_200, from: 'counts' },
  countdown: { rank: 7, freshMs: 1_000, from: 'counts' },
  coach: { rank: 6, freshMs: 15_000, from: 'counts' },
  note: { rank: 5, freshMs: 12_000, from: 'everything' },
  guidance: { rank: 4, freshMs: 4_000, from: 'cues' },
  attempt: { rank: 3, freshMs: 3_000, from: 'cues' },
  cue: { rank: 2, freshMs: 4_000, from: 'cues' },
  praise: { rank: 1, freshMs: 3_000, from: 'everything' },
}

const NUMBERS: readonly SpeechKind[] = ['count', 'countdown']
/** What is said about a movement, and means nothing while nobody moves. */
const OF_MOVEMENT: readonly SpeechKind[] = ['count', 'attempt', 'cue', 'praise']

export const isOfMovement = (kind: SpeechKind): boolean => OF_MOVEMENT.includes(kind)

/** Silent stands for all in writing: nothing is said aloud then, and captions leave nothing out. */
export function admits(verbosity: Verbosity, kind: SpeechKind): boolean {
  return verbosity === 'silent' || VERBOSITIES.indexOf(RULES[kind].from) <= VERBOSITIES.indexOf(verbosity)
}

/** Whether `next` breaks off what is being said: a number does so to a sentence, and nothing to a number. */
export function breaksOff(next: SpeechKind, current: SpeechKind): boolean {
  return NUMBERS.includes(next) && !NUMBERS.includes(current)
}

export const isFresh = ({ kind, sinceMs }: Line, nowMs: number): boolean =>
  nowMs - sinceMs <= RULES[kind].freshMs

/** The most urgent one, of equals the older. */
export function mostUrgent(lines: readonly Line[]): Line | null {
  return lines.reduce<Line | null>(
    (best, line) => (best && RULES[best.kind].rank >= RULES[line.kind].rank ? best : line),
    null,
  )
}

const LETTER_MS = 70
/** A Chinese character is a whole syllable: four or five of them fill a second. */
const SYLLABLE_MS = 230
const HAN = /\p{Script=Han}/gu

/** How long somebody needs for it, ms: to read it, or to hear it from a voice that does not tell when it is done. */
export function readingMs(text: string): number {
  const syllables = text.match(HAN)?.length ?? 0
  return 900 + SYLLABLE_MS * syllables + LETTER_MS * (text.length - syllables)
}
