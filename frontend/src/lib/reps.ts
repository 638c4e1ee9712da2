import type { Attempt, Correction, Finding, Rep, SetDetail } from '@/api/types'

/** What happened in a set: a rep, or an attempt that did not count; and what a person says to that. */
export type SetEvent = (
  { kind: 'rep'; rep: Rep; findings: readonly Finding[] } | { kind: 'attempt'; attempt: Attempt }
) & { correction: Correction | null }

/** clean: counted, and nothing to say. finding: counted, with something to work on. */
export type Verdict = 'clean' | 'finding' | 'not_counted'

export const spanOf = (event: SetEvent): { start_ms: number; end_ms: number } =>
  event.kind === 'rep' ? event.rep : event.attempt

/** In the order of time; findings worst first. */
export function eventsOf(set: Pick<SetDetail, 'reps' | 'attempts' | 'findings' | 'corrections'>): SetEvent[] {
  const said = (id: string | null): Correction | null => set.corrections.find((one) => one.id === id) ?? null
  const reps = set.reps.map((rep): SetEvent => {
    const findings = set.findings.filter((finding) => finding.rep === rep.index)
    findings.sort((a, b) => b.severity - a.severity)
    return { kind: 'rep', rep, findings, correction: said(rep.correction) }
  })
  const attempts = set.attempts.map((attempt): SetEvent => {
    return { kind: 'attempt', attempt, correction: said(attempt.correction) }
  })
  return [...reps, ...attempts].sort((a, b) => spanOf(a).start_ms - spanOf(b).start_ms)
}

/** The machine's answer, unless a person said otherwise. */
export function verdictOf(event: SetEvent): Verdict {
  const counted = (event.kind === 'rep') === (event.correction === null)
  if (!counted) return 'not_counted'
  return event.kind === 'rep' && event.findings.length > 0 ? 'finding' : 'clean'
}

export type RepMeasure = 'rom' | 'tempo'

export const tempoTotal = (rep: Pick<Rep, 'tempo_s'>): number =>
  rep.tempo_s.down + rep.tempo_s.pause + rep.tempo_s.up

export function repValue(rep: Rep, measure: RepMeasure): number | null {
  return measure === 'rom' ? rep.rom_deg : tempoTotal(rep)
}

/** Heights in [0, 1] against the largest rep; an unknown value stands at the least height. */
export function heights(reps: readonly Rep[], measure: RepMeasure, least = 0.08): Map<number, number> {
  const values = reps.map((rep) => repValue(rep, measure) ?? 0)
  const largest = Math.max(...values, Number.EPSILON)
  return new Map(reps.map((rep, i) => [rep.index, Math.max(least, (values[i] ?? 0) / largest)]))
}

/** Repetitions that count, best first: fewer faults, then the wider range, then the surer one. */
export function bestFirst(events: readonly SetEvent[]): Rep[] {
  const counted = events.flatMap((event) => (event.kind === 'rep' && !event.correction ? [event] : []))
  return counted
    .sort(
      (a, b) =>
        a.findings.length - b.findings.length ||
        (b.rep.rom_deg ?? 0) - (a.rep.rom_deg ?? 0) ||
        b.rep.confidence - a.rep.confidence,
    )
    .map(({ rep }) => rep)
}
