/** What stands on a replay's time line: repetitions as stretches, findings (and whatever is pinned later) as points. */
import type { Finding } from '@/api/types'
import { spanOf, verdictOf, type SetEvent, type Verdict } from '@/lib/reps'
import { during, poseAt, type Film } from './film'
import { bestSeen, degreesAt, type Joint } from './joints'
import { questionOf } from './question'
import type { Beats } from './phase'
import type { Span } from './playback'

/** A repetition or attempt on the time line. `number`: as the page counts repetitions, from 1. */
export interface Mark extends Span {
  event: number
  number: number | null
  verdict: Verdict
}

/** Something that belongs to one moment. */
export interface Pin {
  id: string
  atMs: number
  label: string
  /** Of what is none of a finding. */
  icon?: string
}

export interface FindingPin extends Pin {
  event: number
  finding: Finding
}

export const marksOf = (events: readonly SetEvent[]): Mark[] =>
  events.map((event, i) => ({
    event: i,
    number: event.kind === 'rep' ? event.rep.index + 1 : null,
    verdict: verdictOf(event),
    startMs: spanOf(event).start_ms,
    endMs: spanOf(event).end_ms,
  }))

/** The one that is going on at a moment. */
export const markAt = (marks: readonly Mark[], atMs: number): Mark | null =>
  marks.findLast(({ startMs, endMs }) => startMs <= atMs && atMs <= endMs) ?? null

interface Seen {
  atMs: number
  degrees: number
}

function anglesOf(film: Film, joint: Joint): Seen[] {
  return Array.from(film.tMs, (atMs) => ({ atMs, pose: poseAt(film, atMs) })).flatMap(({ atMs, pose }) => {
    const degrees = pose && degreesAt(pose, joint, film.aspect)
    return degrees === null ? [] : [{ atMs, degrees }]
  })
}

const lowest = (seen: readonly Seen[], rank: (one: Seen) => number): Seen | null =>
  seen.reduce<Seen | null>((best, one) => (best === null || rank(one) < rank(best) ? one : best), null)

/** When a finding shows most: where its angle is nearest to what was measured, else at the turn or in the middle. */
export function momentOf(finding: Finding, film: Film, exercise: string | null, turnMs: number): number {
  const { start_ms, end_ms, phase } = finding
  const { angle, take } = questionOf(exercise, finding)
  const part = during(film, start_ms, end_ms)
  const joint = angle ? bestSeen(angle, part) : null
  const rank = ({ degrees }: Seen): number =>
    take === 'range' ? -degrees : Math.abs(degrees - Math.abs(finding.measured))
  const seen = joint ? lowest(anglesOf(part, joint), rank) : null
  return seen?.atMs ?? (phase === 'top' || phase === 'bottom' ? turnMs : (start_ms + end_ms) / 2)
}

/** Every finding where it shows most. */
export function findingPins(
  events: readonly SetEvent[],
  film: Film,
  exercise: string | null,
  label: (finding: Finding) => string,
): FindingPin[] {
  return events.flatMap((event, i) => {
    if (event.kind === 'attempt') return []
    return event.findings.map((finding, n) => ({
      id: `finding-${i}-${n}`,
      atMs: momentOf(finding, film, exercise, event.rep.turn_ms),
      label: label(finding),
      event: i,
      finding,
    }))
  })
}

/** Start, turn and end. An attempt turns where its joint is farthest from where it began, else in the middle. */
export function beatsOf(event: SetEvent, film: Film, jointName: string | null): Beats {
  if (event.kind === 'rep') return event.rep
  const { start_ms, end_ms } = event.attempt
  const part = during(film, start_ms, end_ms)
  const joint = jointName ? bestSeen(jointName, part) : null
  const seen = joint ? anglesOf(part, joint) : []
  const first = seen[0]?.degrees ?? 0
  const turn = lowest(seen, ({ degrees }) => -Math.abs(degrees - first))
  return { start_ms, turn_ms: turn?.atMs ?? (start_ms + end_ms) / 2, end_ms }
}
