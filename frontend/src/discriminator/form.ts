/** Form findings: what was measured of how a set was done, beside what the standard asks for: `models/form.py`. */
import { track } from './features'
import { bodyOf, lookAt, measured, type Look } from './formLooks'
import { severity, showsAt, STANDARDS, type Fault, type Phase, type Unit } from './formTable'
import { holding } from './holds'
import { median, quantile } from './numbers'
import type { Sequence } from './sequence'

/** To say what is usual for somebody. */
const LEAST_REPS = 3
/** Of a hold, judged at once. */
const STRETCH_MS = 5_000
const LEAST_HOLD_MS = 1_000
const MAX_GAP_MS = 1_000
const DIGITS: Readonly<Record<Unit, number>> = { deg: 1, s: 2, ratio: 3 }

/** One fault, as it was measured, in the server's words. */
export interface Finding {
  /** Index of the repetition; null where it is about the whole set or a hold. */
  rep: number | null
  fault: string
  joint: string
  phase: Phase
  measured: number
  limit: number
  unit: Unit
  /** In [0, 1]. */
  severity: number
  start_ms: number
  end_ms: number
}

export interface Span {
  startMs: number
  endMs: number
  /** Of a repetition; null where its joint was not seen. */
  romDeg?: number | null
}

type Known = number | null

/** Findings about a set, by repetition and within it worst first; those of the set come last. */
export function assess(sequence: Sequence, exercise: string | null, reps: readonly Span[] = []): Finding[] {
  const standard = STANDARDS.get(exercise ?? '')
  const body = bodyOf(sequence)
  if (!standard || !body) return []
  const { driver, faults } = standard
  const look = ({ startMs, endMs }: Span, rep: number | null) => lookAt(body, standard, rep, startMs, endMs)
  if (driver === null) {
    return merged(stretches(sequence).flatMap((span) => judged(look(span, null), faults)))
  }
  const looks = reps.map(look)
  const shares = sharesOf(looks, reps)
  return [...looks.flatMap((one, i) => judged(one, faults, shares[i])), ...ofTheSet(looks, faults)]
}

function judged(look: Look, faults: readonly Fault[], share: Known = null): Finding[] {
  return faults
    .flatMap((fault) => {
      const value = showsAt(fault, look.yaw) ? valueOf(look, fault, share) : null
      return value !== null && severity(fault, value) > 0 ? [finding(fault, value, look)] : []
    })
    .sort((a, b) => b.severity - a.severity)
}

function valueOf(look: Look, fault: Fault, share: Known): Known {
  switch (fault.measure) {
    case 'lowering_s':
      return look.loweringS
    case 'share_of_range':
      return share
    case 'tempo_spread':
      return null
    default:
      return measured(look, fault)
  }
}

function ofTheSet(looks: readonly Look[], faults: readonly Fault[]): Finding[] {
  const spread = spreadOf(looks.map(({ startMs, endMs }) => endMs - startMs))
  if (spread === null) return []
  const { startMs } = looks[0]
  const { endMs } = looks[looks.length - 1]
  return faults
    .filter((fault) => fault.measure === 'tempo_spread' && severity(fault, spread) > 0)
    .map((fault) => finding(fault, spread, { rep: null, startMs, endMs }))
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

function finding(
  fault: Fault,
  value: number,
  { rep, startMs, endMs }: Pick<Look, 'rep' | 'startMs' | 'endMs'>,
): Finding {
  const { fault: name, joint, phase, limit, unit } = fault
  return {
    ...{ rep, fault: name, joint, phase, limit, unit },
    measured: rounded(value, DIGITS[unit]),
    severity: rounded(severity(fault, value), 3),
    start_ms: startMs,
    end_ms: endMs,
  }
}

/**
 * Range of each repetition beside the usual one of this set: the greater share of two measures, for a repetition that
 * is short is short in both, and a slip of the estimator in one.
 */
function sharesOf(looks: readonly Look[], reps: readonly Span[]): Known[] {
  const byDriver = besideUsual(looks.map(({ reach }) => reach || null))
  const byJoint = besideUsual(reps.map(({ romDeg }) => romDeg ?? null))
  return byDriver.map((one, i) => {
    const other = byJoint[i]
    return one === null || other === null ? one : Math.max(one, other)
  })
}

function besideUsual(ranges: readonly Known[]): Known[] {
  const known = ranges.flatMap((one) => one || [])
  const usual = known.length >= LEAST_REPS ? median(known) : 0
  return ranges.map((one) => (one && usual ? one / usual : null))
}

/** Of durations, beside the median; null where there are too few. */
function spreadOf(lengthsMs: readonly number[]): Known {
  if (lengthsMs.length <= LEAST_REPS) return null
  return (quantile(lengthsMs, 0.75) - quantile(lengthsMs, 0.25)) / median(lengthsMs)
}

/** Spans of a hold, no longer than can be judged at once. */
function stretches(sequence: Sequence): Span[] {
  const isHeld = holding(track(sequence), sequence.aspect)
  const held = sequence.tMs.filter((_, t) => isHeld[t])
  const spans: Span[] = []
  let first = 0
  held.forEach((tMs, i) => {
    if (i + 1 < held.length && held[i + 1] - tMs <= MAX_GAP_MS) return
    for (let startMs = held[first]; startMs <= tMs; startMs += STRETCH_MS) {
      const endMs = Math.min(startMs + STRETCH_MS, tMs + 1)
      if (endMs - startMs >= LEAST_HOLD_MS) spans.push({ startMs, endMs })
    }
    first = i + 1
  })
  return spans
}

/** One finding where neighbouring stretches show the same fault: the worst, over all of it. */
function merged(found: readonly Finding[]): Finding[] {
  const runs: Finding[][] = []
  for (const one of found) {
    const run = runs.find((run) => run[0].fault === one.fault && run[run.length - 1].end_ms >= one.start_ms)
    if (run) run.push(one)
    else runs.push([one])
  }
  return runs.map(worst).sort((a, b) => a.start_ms - b.start_ms || b.severity - a.severity)
}

function worst(run: readonly Finding[]): Finding {
  const most = run.reduce((a, b) => (b.severity > a.severity ? b : a))
  return { ...most, start_ms: run[0].start_ms, end_ms: run[run.length - 1].end_ms }
}
