/** What the camera sees of the athlete, smoothed over time: who is there, how they stand, which sign they give. */
import type { Pose } from '@/pose/frame'
import { HIPS } from '@/pose/skeleton'
import { bodyBox, isSomebody, middleOf, postureOf, sizeOf } from './body'
import { framingFault, SOFT, type FramingFault } from './framing'
import { gestureOf, GestureWatch, type Gesture } from './gestures'
import type { Needs } from './needs'
import type { Presence } from './setWatch'
import { Steady } from './steady'
import { Stillness } from './stillness'

const STEADY_MS = 500
/** Longer than this nobody is kept waiting for advice that they may have reason not to follow. */
const SOFT_MS = 3_000
const STALE_MS = 2_000
/** Of the body's size: farther to the side no exercise leads. */
const BESIDE = 0.6

export interface Sighting {
  /** What is in the way, held steady. */
  fault: FramingFault | null
  /** A fault that only advises, and was said long enough. */
  isForgiven: boolean
  presence: Presence
}

export class Watcher {
  private readonly fault = new Steady<FramingFault | null>('nobody', STEADY_MS)
  private readonly stillness = new Stillness()
  private readonly gestures = new GestureWatch()
  private seenAtMs: number
  private frameAtMs: number
  private upSinceMs: number | null = null
  private softSinceMs: number | null = null
  private stillMs = 0
  /** Where the set is done: the hips, in picture heights. */
  private place: number | null = null
  private besideSinceMs: number | null = null

  constructor(nowMs = 0) {
    this.seenAtMs = this.frameAtMs = nowMs
  }

  /** Takes a pose; `aspect` is the picture's width over its height. */
  see(pose: Pose, aspect: number, needs: Needs, nowMs: number): Sighting {
    const isThere = isSomebody(pose)
    this.frameAtMs = nowMs
    if (isThere) this.seenAtMs = nowMs
    this.stillMs = isThere ? this.stillness.update(pose, aspect, nowMs) : 0
    const posture = isThere ? postureOf(pose, aspect) : null
    if (posture === 'upright' || posture === 'hanging') this.upSinceMs ??= nowMs
    else this.upSinceMs = null
    this.compareWithPlace(pose, aspect, nowMs)
    const fault = this.fault.update(framingFault(pose, aspect, needs), nowMs)
    return { fault, isForgiven: this.forgives(fault, nowMs), presence: this.presence(nowMs) }
  }

  /** From the next pose on this is the place of the set. */
  settle(): void {
    this.place = this.besideSinceMs = null
  }

  /** Answers a sign at the moment at which it was held for `holdMs`. */
  sign(pose: Pose, aspect: number, nowMs: number, holdMs: number): Gesture | null {
    return this.gestures.update(gestureOf(pose, aspect), nowMs, holdMs)
  }

  /** The sign that is being given, and how much of its time it was held. */
  signing(nowMs: number, holdMs: number): { sign: Gesture; ratio: number } | null {
    const { sign } = this.gestures
    return sign && { sign, ratio: this.gestures.ratio(nowMs, holdMs) }
  }

  /** Without pictures nothing is known: a camera that is away is not an athlete who is. */
  presence(nowMs: number): Presence {
    const { frameAtMs, upSinceMs } = this
    const isFresh = nowMs - frameAtMs < STALE_MS
    return {
      awayMs: frameAtMs - this.seenAtMs,
      stillMs: isFresh ? this.stillMs : 0,
      upMs: isFresh && upSinceMs !== null ? frameAtMs - upSinceMs : 0,
      besideMs: isFresh && this.besideSinceMs !== null ? frameAtMs - this.besideSinceMs : 0,
    }
  }

  private compareWithPlace(pose: Pose, aspect: number, nowMs: number): void {
    const [hips, box] = [middleOf(pose, HIPS), bodyBox(pose)]
    if (!hips || !box) return
    const now = hips.x * aspect
    this.place ??= now
    const isBeside = Math.abs(now - this.place) > BESIDE * sizeOf(box, aspect)
    this.besideSinceMs = isBeside ? (this.besideSinceMs ?? nowMs) : null
  }

  private forgives(fault: FramingFault | null, nowMs: number): boolean {
    if (!fault || !SOFT.includes(fault)) {
      // Whoever turned and is back at it is not asked anew for a flicker.
      if (fault !== null) this.softSinceMs = null
      return false
    }
    this.softSinceMs ??= nowMs
    return nowMs - this.softSinceMs >= SOFT_MS
  }
}
