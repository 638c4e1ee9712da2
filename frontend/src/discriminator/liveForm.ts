/** Findings for who exercises now: about the newest repetition, or the last seconds of a hold. */
import { assess, type Finding } from './form'
import { STANDARDS } from './formTable'
import type { Rep } from './reps'
import type { FrameLog } from './sequence'

/** Those before the newest tell what is usual. */
const REPS = 4
const HOLD_MS = 6_000
const NOW_MS = 2_000

/** `index`: of the newest repetition, as the page counts. */
export function latestFindings(
  log: FrameLog,
  exercise: string | null,
  reps: readonly Rep[],
  index: number,
): Finding[] {
  const standard = STANDARDS.get(exercise ?? '')
  if (standard?.driver === null) {
    const found = assess(log.since(log.lastMs - HOLD_MS), exercise)
    return found.filter(({ end_ms }) => end_ms > log.lastMs - NOW_MS)
  }
  const spans = reps.slice(-REPS).map(({ startS, endS, romDeg }) => ({
    startMs: Math.round(1000 * Math.max(0, startS)),
    endMs: Math.round(1000 * endS),
    romDeg,
  }))
  if (!standard || !spans.length) return []
  const found = assess(log.since(spans[0].startMs), exercise, spans)
  return found.filter(({ rep }) => rep === spans.length - 1).map((one) => ({ ...one, rep: index }))
}
