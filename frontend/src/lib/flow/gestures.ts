/**
 * Signs that the athlete gives with raised hands.
 *
 * One hand over the head while the other hangs is in no exercise of the catalogue; both hands are, so they mean
 * something only between sets.
 */
import type { Pose } from '@/pose/frame'
import { SHOULDERS } from '@/pose/skeleton'
import { handsOverHead, isSeen, middleOf, pointOf, postureOf, WRISTS } from './body'

export type Gesture = 'one_hand' | 'both_hands'

/** Null where no sign is given; signs are given standing. */
export function gestureOf(pose: Pose, aspect: number): Gesture | null {
  const posture = postureOf(pose, aspect)
  if (posture === 'hanging') return 'both_hands'
  if (posture !== 'upright' || handsOverHead(pose) !== 1) return null
  const shoulders = middleOf(pose, SHOULDERS)
  const lower = WRISTS.filter((k) => isSeen(pose, k)).map((k) => pointOf(pose, k).y)
  // The other hand has to be seen below: from the side two raised ones may look like one.
  return shoulders && Math.max(...lower) > shoulders.y ? 'one_hand' : null
}

/** Tells a sign once, when it was held, and again only after the hands were down. */
export class GestureWatch {
  private held: Gesture | null = null
  private sinceMs = 0
  private told = false
  private gapMs: number | null = null

  /** A frame or two without the hand do not end a sign. */
  private static readonly GAP_MS = 250

  /** `holdMs`: how long it takes. Answers the sign at the moment at which it was held that long. */
  update(gesture: Gesture | null, nowMs: number, holdMs: number): Gesture | null {
    if (gesture !== this.held && this.bridges(gesture, nowMs)) return null
    if (gesture === this.held) this.gapMs = null
    else this.begin(gesture, nowMs)
    if (!this.held || this.told || nowMs - this.sinceMs < holdMs) return null
    this.told = true
    return this.held
  }

  /** How much of it was held, in [0, 1]; 0 where there is none, or it was told. */
  ratio(nowMs: number, holdMs: number): number {
    return this.held && !this.told ? Math.min((nowMs - this.sinceMs) / holdMs, 1) : 0
  }

  get sign(): Gesture | null {
    return this.told ? null : this.held
  }

  private bridges(gesture: Gesture | null, nowMs: number): boolean {
    if (!this.held || gesture) return false
    this.gapMs ??= nowMs
    return nowMs - this.gapMs < GestureWatch.GAP_MS
  }

  private begin(gesture: Gesture | null, nowMs: number): void {
    this.held = gesture
    this.sinceMs = nowMs
    this.told = false
    this.gapMs = null
  }
}
