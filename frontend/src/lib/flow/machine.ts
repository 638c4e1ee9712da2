/**
 * A session as explicit states, driven by what is seen, what is counted, commands and time.
 *
 * It knows no Vue, no camera and no clock: every call brings its time in ms. Whoever drives it answers `go` by
 * starting a set and `set_ended` by finishing it.
 */
import type { Pose } from '@/pose/frame'
import type { Command, FlowEvent, FlowState, Guidance, Progress, SetEnd, Target } from './events'
import { ratioOf } from './events'
import type { Gesture } from './gestures'
import { ANY, type Needs } from './needs'
import { SetWatch } from './setWatch'
import { Timer } from './timer'
import { Watcher, type Sighting } from './watcher'

/** How long somebody stands still, as the camera needs them, before the countdown begins. */
const STILL_MS = 1_500
/** Whoever moves for longer than this in a countdown that stillness began was not waiting for it. */
const MOVING_MS = 1_000
const SIGN_MS = 1_000
/** In a set a sign is meant when it lasts: nobody lifts a hand that long in passing. */
const SIGN_IN_SET_MS = 1_500
/** A set that began by itself is called off where nobody is left to begin it. */
const GONE_MS = 1_500
const EXTENSION_MS = 30_000
const LAST_SECONDS = 3

export interface FlowOptions {
  /** Whether stillness and signs may start and end sets. */
  handsFree: boolean
  countdownS: number
  /** 0: no rest, straight on to the next set. */
  restS: number
  needs: Needs
  target: Target | null
}

export const DEFAULTS: FlowOptions = { handsFree: true, countdownS: 3, restS: 60, needs: ANY, target: null }

export class SessionFlow {
  state: FlowState = 'no_person'
  progress: Progress = { reps: 0, holdS: 0 }
  private options: FlowOptions = DEFAULTS
  private readonly watcher: Watcher
  private sighting: Sighting | null = null
  private countdown: Timer | null = null
  private rest: Timer | null = null
  private set: SetWatch | null = null
  /** A dialog is open, or the like: nothing begins by itself. */
  private busy = false
  /** When the athlete was last still in a countdown that stillness began; null for one that was asked for. */
  private stillAtMs: number | null = null

  constructor(
    private readonly tell: (event: FlowEvent) => void,
    nowMs = 0,
  ) {
    this.watcher = new Watcher(nowMs)
  }

  /** What holds from now on; a set that runs keeps its target. */
  configure(options: FlowOptions): void {
    this.options = options
  }

  hold(busy: boolean): void {
    this.busy = busy
  }

  // --- what comes in ------------------------------------------------------------------------

  see(pose: Pose, aspect: number, nowMs: number): void {
    this.sighting = this.watcher.see(pose, aspect, this.options.needs, nowMs)
    const sign = this.watcher.sign(pose, aspect, nowMs, this.signMs)
    if (sign && this.options.handsFree && !this.busy) this.obey(sign, nowMs)
    this.tick(nowMs)
  }

  count(progress: Progress, nowMs: number): void {
    this.progress = progress
    if (this.set?.count(progress, nowMs)) this.tell({ type: 'target_reached' })
  }

  /** To be called several times a second, with or without pictures. */
  tick(nowMs: number): void {
    if (this.state === 'countdown') this.runCountdown(nowMs)
    else if (this.state === 'exercising') this.watchSet(nowMs)
    else if (this.state === 'resting') this.runRest(nowMs)
    else if (this.isWaiting) this.prepare(nowMs)
  }

  command(command: Command, nowMs: number): void {
    if (command === 'start') this.beginCountdown(nowMs)
    else if (command === 'stop') this.stop(nowMs)
    else if (command === 'pause') this.pause(nowMs)
    else if (command === 'resume') this.resume(nowMs)
    else if (command === 'skip_rest' && this.state === 'resting') this.endRest(nowMs)
    else if (command === 'extend_rest') this.rest?.extend(EXTENSION_MS)
    else if (command === 'finish') this.enter('finished')
  }

  /** A set that could not begin after `go`, or that was ended elsewhere. */
  abandon(): void {
    if (this.state === 'exercising') this.enter('positioning')
    this.set = null
  }

  /** Begins anew: another source, another workout. */
  restart(): void {
    this.countdown = this.rest = this.set = null
    this.enter('no_person')
  }

  // --- what can be read ---------------------------------------------------------------------

  get guidance(): Guidance {
    if (this.state === 'paused') return 'paused'
    if (this.state === 'ready') return this.sighting?.fault ?? 'hold_still'
    if (this.state === 'no_person') return 'nobody'
    return this.state === 'positioning' ? (this.sighting?.fault ?? null) : null
  }

  /** Of the target of this set, in [0, 1]; null without a target. */
  get ratio(): number | null {
    return this.options.target && ratioOf(this.options.target, this.progress)
  }

  countdownLeftS(nowMs: number): number | null {
    return this.state === 'countdown' && this.countdown
      ? Math.ceil(this.countdown.leftMs(nowMs) / 1_000)
      : null
  }

  restLeft(nowMs: number): { leftS: number; totalS: number } | null {
    const { rest } = this
    return rest && { leftS: Math.ceil(rest.leftMs(nowMs) / 1_000), totalS: rest.durationMs / 1_000 }
  }

  /** The sign that is being given, for those who want to see that it is understood. */
  signing(nowMs: number): { sign: Gesture; ratio: number } | null {
    const signing = this.options.handsFree ? this.watcher.signing(nowMs, this.signMs) : null
    return signing && this.meaningOf(signing.sign) ? signing : null
  }

  /** What a sign would do now; null where it means nothing. */
  meaningOf(sign: Gesture): Command | null {
    const isOneHand = sign === 'one_hand'
    if (this.state === 'exercising') return isOneHand ? 'stop' : null
    if (this.state === 'resting') return isOneHand ? 'skip_rest' : 'extend_rest'
    if (this.state === 'paused') return isOneHand ? 'resume' : null
    if (this.state === 'countdown') return isOneHand ? null : this.mayRaiseBoth('pause')
    if (this.state === 'positioning' || this.state === 'ready') {
      return isOneHand ? 'start' : this.mayRaiseBoth('pause')
    }
    return null
  }

  // --- inside -------------------------------------------------------------------------------

  private get isWaiting(): boolean {
    return ['no_person', 'positioning', 'ready'].includes(this.state)
  }

  private get signMs(): number {
    return this.state === 'exercising' ? SIGN_IN_SET_MS : SIGN_MS
  }

  /** Who takes hold of a bar has both hands over the head. */
  private mayRaiseBoth(command: Command): Command | null {
    const { posture } = this.options.needs
    return posture === 'hanging' || posture === 'any' ? null : command
  }

  private obey(sign: Gesture, nowMs: number): void {
    const command = this.meaningOf(sign)
    if (command === 'stop') this.endSet('gesture', nowMs)
    else if (command === 'start') this.beginCountdown(nowMs)
    else if (command) this.command(command, nowMs)
  }

  private prepare(nowMs: number): void {
    const { sighting } = this
    if (!sighting || sighting.fault === 'nobody') return this.enter('no_person')
    if (sighting.fault && !sighting.isForgiven) return this.enter('positioning')
    this.enter('ready')
    const { stillMs, awayMs } = this.watcher.presence(nowMs)
    const mayBegin = this.options.handsFree && !this.busy && awayMs === 0
    if (!mayBegin || stillMs < STILL_MS) return
    this.beginCountdown(nowMs)
    this.stillAtMs = nowMs
  }

  private beginCountdown(nowMs: number): void {
    if (this.state === 'exercising' || this.state === 'countdown') return
    this.rest = null
    this.stillAtMs = null
    this.countdown = new Timer(1_000 * this.options.countdownS, nowMs)
    this.enter('countdown')
    this.runCountdown(nowMs)
  }

  private runCountdown(nowMs: number): void {
    if (this.isCalledOff(nowMs)) return this.enter('positioning')
    const left = this.countdown?.tick(nowMs)
    if (left) this.tell({ type: 'tick', left })
    if (!this.countdown?.isOver(nowMs)) return
    this.progress = { reps: 0, holdS: 0 }
    this.watcher.settle()
    this.set = new SetWatch(nowMs, this.options.target, this.options.needs)
    this.enter('exercising')
    this.tell({ type: 'go' })
  }

  private isCalledOff(nowMs: number): boolean {
    if (this.stillAtMs === null) return false
    const { awayMs, stillMs } = this.watcher.presence(nowMs)
    if (stillMs > 0) this.stillAtMs = nowMs
    return awayMs >= GONE_MS || nowMs - this.stillAtMs >= MOVING_MS
  }

  private watchSet(nowMs: number): void {
    const why = this.options.handsFree ? this.set?.end(this.watcher.presence(nowMs), nowMs) : null
    if (why) this.endSet(why, nowMs)
  }

  private endSet(why: SetEnd, nowMs: number): void {
    const isEmpty = this.set?.isEmpty ?? true
    this.set = null
    this.rest = !isEmpty && this.options.restS > 0 ? new Timer(1_000 * this.options.restS, nowMs) : null
    // Whoever stands there without training is not asked again and again.
    this.enter(why === 'empty' ? 'paused' : this.rest ? 'resting' : 'positioning')
    this.tell({ type: 'set_ended', why })
  }

  private runRest(nowMs: number): void {
    const left = this.rest?.tick(nowMs)
    if (left && left <= LAST_SECONDS) this.tell({ type: 'rest_tick', left })
    if (this.rest?.isOver(nowMs)) this.endRest(nowMs)
  }

  private endRest(nowMs: number): void {
    this.rest = null
    this.tell({ type: 'rest_ended' })
    this.enter('positioning')
    this.prepare(nowMs)
  }

  private stop(nowMs: number): void {
    if (this.state === 'exercising') this.endSet('command', nowMs)
    else if (this.state === 'countdown') {
      // Else whoever stands still would be counted down again at once.
      if (this.options.handsFree) this.pause(nowMs)
      else this.enter('positioning')
    }
  }

  private pause(nowMs: number): void {
    if (this.state === 'exercising' || this.state === 'finished') return
    this.rest?.pause(nowMs)
    this.enter('paused')
  }

  private resume(nowMs: number): void {
    if (this.state !== 'paused' && this.state !== 'finished') return
    this.rest?.resume(nowMs)
    this.enter(this.rest ? 'resting' : 'positioning')
  }

  private enter(state: FlowState): void {
    if (state === this.state) return
    this.state = state
    this.tell({ type: 'state', state })
  }
}
