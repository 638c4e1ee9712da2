/**
 * When a set is over: nobody has to say so.
 *
 * A pause between heavy repetitions must not end it, so a set with repetitions ends by rest only when the athlete
 * stands still, and only after a multiple of the pauses of this very set.
 */
import { doneOf, type Progress, type SetEnd, type Target } from './events'
import type { Needs } from './needs'

const QUIET_MS = 4_500
/** While the pauses of this set are not known yet. */
const QUIET_AT_FIRST_MS = 8_000
const KNOWN_REPS = 3
/** Of the longest pause between two repetitions of this set. */
const PAUSES = 3
const MOST_QUIET_MS = 15_000
const RESTED_MS = 2_000
const LEFT_MS = 4_000
const LEFT_EMPTY_MS = 10_000
const OUT_OF_POSTURE_MS = 3_000
const BESIDE_MS = 1_000
const HOLD_OVER_MS = 4_000
const EMPTY_MS = 40_000
/** A repetition is counted shortly before it is over, and who wants to go on goes on. */
const GRACE_MS = 1_500

/** What is seen of the athlete at this moment, durations in ms. */
export interface Presence {
  awayMs: number
  stillMs: number
  /** For how long they have been up: much, where the exercise is done on the floor. */
  upMs: number
  /** For how long they have been beside the place where they stood at the start. */
  besideMs: number
}

export class SetWatch {
  private progress: Progress = { reps: 0, holdS: 0 }
  private progressAtMs: number
  private longestPauseMs = 0
  private reachedAtMs: number | null = null
  /** Whether the athlete went on beyond the target: then rest ends the set. */
  private goesOn = false

  constructor(
    private readonly startMs: number,
    private readonly target: Target | null,
    private readonly needs: Needs,
  ) {
    this.progressAtMs = startMs
  }

  get isEmpty(): boolean {
    return this.progress.reps === 0 && this.progress.holdS < 1
  }

  /** Takes the newest count; answers whether it reached the target just now. A count may also be taken back. */
  count(progress: Progress, nowMs: number): boolean {
    const last = this.progress
    this.progress = progress
    const isFurther = progress.reps > last.reps || progress.holdS > last.holdS + 0.1
    if (!isFurther) return false
    if (last.reps > 0) this.longestPauseMs = Math.max(this.longestPauseMs, nowMs - this.progressAtMs)
    this.progressAtMs = nowMs
    return this.noteTarget(nowMs)
  }

  /** Why the set is over at this moment, null while it is not. */
  end(presence: Presence, nowMs: number): SetEnd | null {
    if (this.isTargetDone(nowMs)) return 'target'
    if (presence.awayMs >= (this.isEmpty ? LEFT_EMPTY_MS : LEFT_MS)) return 'left'
    if (this.isEmpty) return this.isIdle(presence, nowMs) ? 'empty' : null
    const quietMs = nowMs - this.progressAtMs
    if (this.progress.reps === 0 && quietMs >= HOLD_OVER_MS) return 'hold_over'
    if (this.needs.posture === 'level' && presence.upMs >= OUT_OF_POSTURE_MS) return 'rest'
    if (presence.besideMs >= BESIDE_MS) return 'left'
    return quietMs >= this.patienceMs && presence.stillMs >= RESTED_MS ? 'rest' : null
  }

  private get patienceMs(): number {
    const leastMs = this.progress.reps < KNOWN_REPS ? QUIET_AT_FIRST_MS : QUIET_MS
    return Math.min(Math.max(leastMs, PAUSES * this.longestPauseMs), MOST_QUIET_MS)
  }

  private noteTarget(nowMs: number): boolean {
    if (!this.target) return false
    const done = doneOf(this.target, this.progress)
    if (done > this.target.value && this.target.kind === 'reps') this.goesOn ||= this.reachedAtMs !== null
    if (done < this.target.value || this.reachedAtMs !== null) return false
    this.reachedAtMs = nowMs
    return true
  }

  private isTargetDone(nowMs: number): boolean {
    if (!this.target || this.reachedAtMs === null || this.goesOn) return false
    if (doneOf(this.target, this.progress) < this.target.value) this.reachedAtMs = null
    const graceMs = this.target.kind === 'reps' ? GRACE_MS : 0
    return this.reachedAtMs !== null && nowMs - this.reachedAtMs >= graceMs
  }

  private isIdle({ stillMs }: Presence, nowMs: number): boolean {
    return nowMs - this.startMs >= EMPTY_MS && stillMs >= RESTED_MS
  }
}
