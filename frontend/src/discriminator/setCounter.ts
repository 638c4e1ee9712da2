/**
 * Counts a set while it goes on, from what this device saw alone.
 *
 * As on the server, an open set is read from 45 s before its newest analysed frame, and what turned before that
 * stays as it was found; a finished set is read as a whole. Between two full looks at every rate, quick ones keep to
 * the rates around the last answer. No look begins before the last has been paid for.
 */
import type { Frame } from '@/pose/frame'
import { analyze, type Analysis } from './analysis'
import type { Network } from './network'
import type { Counted } from './reps'
import { FrameLog } from './sequence'

const TAIL_MS = 45_000
/** At the tail's start, where a repetition may be cut: longer than any. */
const GUARD_MS = 15_000
/** Two looks may put the same repetition this far apart. */
const JITTER_MS = 3_000
/** A finished set that is longer is read by its tail too. */
const LONGEST_MS = 600_000
/** Between the ends of two looks, in time of the day; and looks take at most this share of it. */
const LEAST_PAUSE_MS = 600
const SHARE = 0.2
const QUICK_LOOKS = 3
/** Rates of a quick look: up to four steps of the ladder away. */
const NEAR = 1.5 ** (4.5 / 3)

/** The count so far, in the server's words. */
export interface SetCount {
  rep_count: number
  attempt_count: number
  exercise: string | null
  confidence: number
  hold_s: number | null
  /** Until where the set was read, ms. */
  analyzed_to_ms: number
}

export class SetCounter {
  private log = new FrameLog()
  private exercise: string | null = null
  private reps: Counted[] = []
  /** Those of the last full look: quick ones decide nothing for good. */
  private sure: Counted[] = []
  private last: Analysis | null = null
  private analyzedToMs = 0
  private looks = 0
  private dueAt = 0

  constructor(
    private readonly network: () => Network | null,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `exercise`: the slug that the athlete chose, null to recognise it. */
  start(exercise: string | null): void {
    this.log = new FrameLog()
    this.exercise = exercise
    this.reps = this.sure = []
    this.last = null
    this.analyzedToMs = this.looks = 0
    this.dueAt = this.now() + LEAST_PAUSE_MS
  }

  /** Takes a frame; answers with a new count where it was time for one. */
  push(frame: Frame): SetCount | null {
    if (!this.log.push(frame) || this.now() < this.dueAt) return null
    return this.look(this.analyzedToMs - TAIL_MS)
  }

  /** The count of the whole set; null without a network. */
  finish(): SetCount | null {
    this.looks = 0
    return this.look(this.log.lastMs - LONGEST_MS)
  }

  private look(startMs: number): SetCount | null {
    const network = this.network()
    if (!network) return null
    const beganAt = this.now()
    const rateHz = this.looks++ % (QUICK_LOOKS + 1) ? (this.last?.rateHz ?? null) : null
    const near = rateHz === null ? undefined : (rate: number) => rate < NEAR * rateHz && rate > rateHz / NEAR
    const found = analyze(this.log.since(startMs), network, { exercise: this.exercise, near })
    this.keep(found, startMs > 0 ? startMs + GUARD_MS : 0, rateHz !== null)
    const endedAt = this.now()
    this.dueAt = endedAt + Math.max(LEAST_PAUSE_MS, (endedAt - beganAt) * (1 / SHARE - 1))
    return this.count()
  }

  /** Results from `cutMs` on take the place of the old ones; a quick look does not rename the exercise. */
  private keep(found: Analysis, cutMs: number, quick: boolean): void {
    const middleMs = ({ startS, endS }: Counted) => 500 * (startS + endS)
    const kept = this.sure.filter((rep) => middleMs(rep) < cutMs)
    const lastMs = kept.length ? middleMs(kept[kept.length - 1]) : 0
    const fresh = found.reps.filter(
      (rep) => middleMs(rep) >= cutMs - JITTER_MS && 1000 * rep.startS >= lastMs,
    )
    this.reps = [...kept, ...fresh]
    if (!quick) this.sure = this.reps
    const named = quick || (found.exercise === null && this.reps.length > 0) ? this.last : null
    this.last = named ? { ...found, exercise: named.exercise, confidence: named.confidence } : found
    this.analyzedToMs = this.log.lastMs
  }

  private count(): SetCount | null {
    const { last } = this
    return (
      last && {
        rep_count: this.reps.length,
        attempt_count: last.attempts.length,
        exercise: last.exercise,
        confidence: last.confidence,
        hold_s: last.holdS,
        analyzed_to_ms: this.analyzedToMs,
      }
    )
  }
}
