import type { Attempt, Rep, SetDetail } from '@/api/types'

/** What happened in a set, in the order of time: a rep, or an attempt that did not count. */
export type SetEvent = { kind: 'rep'; rep: Rep } | { kind: 'attempt'; attempt: Attempt }

const startOf = (event: SetEvent): number =>
  event.kind === 'rep' ? event.rep.start_ms : event.attempt.start_ms

export function eventsOf(set: Pick<SetDetail, 'reps' | 'attempts'>): SetEvent[] {
  const reps = set.reps.map((rep): SetEvent => ({ kind: 'rep', rep }))
  const attempts = set.attempts.map((attempt): SetEvent => ({ kind: 'attempt', attempt }))
  return [...reps, ...attempts].sort((a, b) => startOf(a) - startOf(b))
}

export type RepMeasure = 'rom' | 'tempo'

export const tempoTotal = (rep: Rep): number => rep.tempo_s.down + rep.tempo_s.pause + rep.tempo_s.up

export function repValue(rep: Rep, measure: RepMeasure): number | null {
  return measure === 'rom' ? rep.rom_deg : tempoTotal(rep)
}

/** Heights in [0, 1] against the largest rep; an unknown value stands at the least height. */
export function heights(reps: readonly Rep[], measure: RepMeasure, least = 0.08): Map<number, number> {
  const values = reps.map((rep) => repValue(rep, measure) ?? 0)
  const largest = Math.max(...values, Number.EPSILON)
  return new Map(reps.map((rep, i) => [rep.index, Math.max(least, (values[i] ?? 0) / largest)]))
}
