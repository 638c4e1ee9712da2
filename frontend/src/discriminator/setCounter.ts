/**
 * Counts a set while it goes on, from what this device saw alone.
 *
 * As on the server, an open set is read from 45 s before its newest analysed frame, and what turned before that
 * stays as it was found; a finished set is read as a whole. Between two full looks at every rate, quick ones keep to
 * the rates beside the last answer. No look begins before the last has been paid for. What was said is taken back
 * only by a full look, and only where the look before it found less, too. `models/set_counter.py` is the same, to be measured.
 */
import type { Frame } from '@/pose/frame'
import { analyze, type Analysis, type AnalyzeOptions } from './analysis'
import type { Finding } from './form'
import { latestFindings } from './liveForm'
import type { Network } from './network'
import { analyzeOwn } from './own'
import type { Template } from './ownTemplate'
import { toldAttempt, toldRep, type ToldAttempt, type ToldRep } from './told'
import type { Rep } from './reps'
import { FrameLog } from './sequence'

const TAIL_MS = 45_000
/** At the tail's start, where a repetition may be cut: longer than any. */
const GUARD_MS = 15_000
/** Two looks may put the same repetition this far apart. */
const JITTER_MS = 3_000
/** A finished set that is longer is read by its tail too. */
const LONGEST_MS = 600_000
/** Between the ends of two looks, in time of the day; and looks take at most this share of it. */
const LEAST_PAUSE_MS = 250
const SHARE = 0.2
/** Between two full looks: time of the set, and quick looks. */
const FULL_EVERY_MS = 4_000
const QUICK_LOOKS = 3
/** Rates of a quick look: up to two steps of the ladder away. */
const NEAR = 1.5 ** (2.5 / 3)

/** The count so far, in the server's words. */
export interface SetCount {
  rep_count: number
  attempt_count: number
  exercise: string | null
  confidence: number
  hold_s: number | null
  /** Until where the set was read, ms. */
  analyzed_to_ms: number
  last_rep: ToldRep | null
  last_attempt: ToldAttempt | null
  /** Of the newest repetition, or of the last seconds of a hold. */
  findings: Finding[]
}

export class SetCounter {
  private log = new FrameLog()
  private exercise: string | null = null
  private template: Template | null = null
  /** Those of the last full look: quick ones decide nothing for good. */
  private sure: Rep[] = []
  private lastRep: Rep | null = null
  private findings: Finding[] = []
  /** Repetitions when the findings were made: each is judged once, when it is new. */
  private judged = 0
  private said = 0
  /** What the last look found, if less than was said. */
  private doubted: number | null = null
  private last: Analysis | null = null
  private analyzedToMs = 0
  private fullAtMs = 0
  private quickLooks = 0
  private dueAt = 0

  constructor(
    private readonly network: () => Network | null,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** `exercise`: the slug that the athlete chose, null to recognise it. `template`: of one that a coach has shown. */
  start(exercise: string | null, template: Template | null = null): void {
    this.log = new FrameLog()
    this.exercise = exercise
    this.template = template
    this.sure = []
    this.findings = []
    this.last = this.doubted = this.lastRep = null
    this.said = this.analyzedToMs = this.fullAtMs = this.judged = 0
    this.dueAt = this.now() + LEAST_PAUSE_MS
  }

  /** Takes a frame; answers with a new count where it was time for one. */
  push(frame: Frame): SetCount | null {
    if (!this.log.push(frame) || this.now() < this.dueAt) return null
    return this.look(this.analyzedToMs - TAIL_MS, true)
  }

  /** The count of the whole set; null without a network. */
  finish(): SetCount | null {
    this.said = 0
    return this.look(this.log.lastMs - LONGEST_MS, false)
  }

  private look(startMs: number, isOpen: boolean): SetCount | null {
    const network = this.template ? null : this.network()
    if (!network && !this.template) return null
    const beganAt = this.now()
    const long = this.log.lastMs - this.fullAtMs >= FULL_EVERY_MS && this.quickLooks >= QUICK_LOOKS
    const due = long || !isOpen
    const rateHz = due ? null : (this.last?.rateHz ?? null)
    const near = rateHz === null ? undefined : (rate: number) => rate < NEAR * rateHz && rate > rateHz / NEAR
    const found = this.read(startMs, network, near, isOpen)
    this.keep(found, startMs > 0 ? startMs + GUARD_MS : 0, rateHz !== null)
    const endedAt = this.now()
    this.dueAt = endedAt + Math.max(LEAST_PAUSE_MS, (endedAt - beganAt) * (1 / SHARE - 1))
    return this.count()
  }

  private read(
    startMs: number,
    network: Network | null,
    near: AnalyzeOptions['near'],
    isOpen: boolean,
  ): Analysis {
    const sequence = this.log.since(startMs)
    if (network) return analyze(sequence, network, { exercise: this.exercise, near, isOpen })
    return analyzeOwn(sequence, this.template as Template, this.exercise ?? '', isOpen)
  }

  /** Results from `cutMs` on take the place of the old ones; a quick look does not rename the exercise. */
  private keep(found: Analysis, cutMs: number, quick: boolean): void {
    const middleMs = ({ startS, endS }: Rep) => 500 * (startS + endS)
    const kept = this.sure.filter((rep) => middleMs(rep) < cutMs)
    const lastMs = kept.length ? middleMs(kept[kept.length - 1]) : 0
    const fresh = found.reps.filter(
      (rep) => middleMs(rep) >= cutMs - JITTER_MS && 1000 * rep.startS >= lastMs,
    )
    const reps = [...kept, ...fresh]
    this.lastRep = reps.at(-1) ?? null
    this.say(reps.length, quick)
    const named = quick || (found.exercise === null && reps.length > 0) ? this.last : null
    this.last = named ? { ...found, exercise: named.exercise, confidence: named.confidence } : found
    this.analyzedToMs = this.log.lastMs
    this.judge(reps, quick)
    this.quickLooks = quick ? this.quickLooks + 1 : 0
    if (quick) return
    this.sure = reps
    this.fullAtMs = this.analyzedToMs
  }

  /** Anew where there is a new repetition; in a hold, at every full look. */
  private judge(reps: Rep[], quick: boolean): void {
    const exercise = this.last?.exercise ?? null
    if (reps.length ? reps.length === this.judged : quick) return
    this.judged = reps.length
    this.findings = latestFindings(this.log, exercise, reps, Math.max(0, this.said - 1))
  }

  private say(count: number, quick: boolean): void {
    if (count >= this.said) {
      this.said = count
      this.doubted = null
    } else {
      if (!quick && this.doubted !== null) this.said = Math.max(count, this.doubted)
      this.doubted = count
    }
  }

  private count(): SetCount | null {
    const { last } = this
    return (
      last && {
        rep_count: this.said,
        attempt_count: last.attempts.length,
        exercise: last.exercise,
        confidence: last.confidence,
        hold_s: last.holdS,
        analyzed_to_ms: this.analyzedToMs,
        last_rep: this.lastRep && toldRep(this.lastRep, Math.max(0, this.said - 1)),
        last_attempt: toldAttempt(last.attempts.at(-1)),
        findings: this.findings,
      }
    )
  }
}
