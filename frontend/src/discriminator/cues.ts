/**
 * What to say about findings: one thing at a time, seldom, the worst first, and praise once it is better.
 *
 * Pure: who speaks keeps the coach that `hear` answers and hands it in again. A repetition is heard once.
 */
import type { Finding } from './form'

/** Between two things said. */
const PAUSE_MS = 8_000
/** Between two times of the same cue: saying it again at once helps nobody. */
const AGAIN_MS = 20_000
/** A finding that is worse than this is said at once; a lesser one, when it comes again. */
const GRAVE = 0.5
/** Less is not worth a word. */
const SLIGHT = 0.1
/** Of the last repetitions, those that must show a lesser fault, and how many are remembered. */
const REPEATED = 2
const REMEMBERED = 3
/** Repetitions without the fault after a cue, before it is praised. */
const CLEAN = 2

export interface Coach {
  /** Faults of the last repetitions, newest last. */
  recent: readonly (readonly string[])[]
  /** The fault that was last spoken of and is not better yet. */
  watched: string | null
  /** Repetitions without it since. */
  clean: number
  saidAtMs: number
  cuedAtMs: Readonly<Record<string, number>>
}

export const FRESH: Coach = { recent: [], watched: null, clean: 0, saidAtMs: -Infinity, cuedAtMs: {} }

/** What was heard of one repetition, or of a moment of a hold. */
export interface Heard {
  findings: readonly Pick<Finding, 'fault' | 'severity'>[]
  atMs: number
}

export interface Said {
  kind: 'cue' | 'praise'
  fault: string
}

/** Takes in a repetition; answers what to say, mostly nothing. */
export function hear(coach: Coach, { findings, atMs }: Heard): { coach: Coach; said: Said | null } {
  const notable = findings.filter(({ severity }) => severity >= SLIGHT)
  const faults = notable.map(({ fault }) => fault)
  const clean = coach.watched === null || faults.includes(coach.watched) ? 0 : coach.clean + 1
  const next = { ...coach, recent: [...coach.recent, faults].slice(-REMEMBERED), clean }
  if (atMs - coach.saidAtMs < PAUSE_MS) return { coach: next, said: null }
  if (next.watched !== null && clean >= CLEAN) return praise(next, next.watched, atMs)
  const worst = [...notable].sort((a, b) => b.severity - a.severity).find((one) => isDue(next, one, atMs))
  return worst ? cue(next, worst.fault, atMs) : { coach: next, said: null }
}

function isDue(
  { recent, cuedAtMs }: Coach,
  { fault, severity }: Heard['findings'][number],
  atMs: number,
): boolean {
  if (atMs - (cuedAtMs[fault] ?? -Infinity) < AGAIN_MS) return false
  return severity >= GRAVE || recent.filter((faults) => faults.includes(fault)).length >= REPEATED
}

const praise = (coach: Coach, fault: string, atMs: number) => ({
  coach: { ...coach, watched: null, clean: 0, saidAtMs: atMs },
  said: { kind: 'praise', fault } as const,
})

const cue = (coach: Coach, fault: string, atMs: number) => ({
  coach: {
    ...coach,
    watched: fault,
    clean: 0,
    saidAtMs: atMs,
    cuedAtMs: { ...coach.cuedAtMs, [fault]: atMs },
  },
  said: { kind: 'cue', fault } as const,
})
