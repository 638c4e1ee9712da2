/**
 * When PoseNet may rest because nobody is in view, and when the small presence network has to look.
 *
 * In doubt somebody is there. While PoseNet itself is sure of somebody nothing else is asked; once it has not been for a
 * while, the presence network is, a few times a second, and only its repeated "nobody" closes the gate. While it is closed a
 * picture that has not changed since the last "nobody" is not looked at again, but every two seconds. Stateful; knows nothing
 * of networks.
 */
import { certainty } from './follower'
import type { Pose } from './frame'

/** PoseNet's certainty in rooms without anybody stays below .22; of people whose trunk is seen it is mostly above .3. */
const SURE = 0.3
/**
 * For so long PoseNet has to be unsure before anything else is asked, and so many looks in a row then have to say "nobody":
 * with somebody who was there, or before it is known; and where what came was nobody, as far as PoseNet saw.
 */
const PATIENT = { unsureMs: 1_500, looks: 4 }
const BRIEF = { unsureMs: 500, looks: 2 }
/** Between two looks; with frames up to 30 a second apart this stays within 350 ms. */
export const LOOK_MS = 260
/** A picture that does not change is looked at again after this. */
const STILL_MS = 2_000
/** Below the lower one nobody is there, from the upper one on somebody is. */
const NOBODY = 0.15
export const SOMEBODY = 0.2
export type Wish = 'pose' | 'look' | 'rest'

export class Gate {
  private isOpen = true
  private patience = PATIENT
  private sureMs = -Infinity
  private lookedMs = -Infinity
  private emptyLooks = 0
  private lastMs = -Infinity

  /** What this picture is worth. `hasChanged`: since the last look; asked only where it matters. */
  wish(tMs: number, hasChanged: () => boolean): Wish {
    if (tMs < this.lastMs || this.lastMs === -Infinity) this.reset(tMs)
    this.lastMs = tMs
    const waited = tMs - this.lookedMs
    if (!this.isOpen) {
      if (waited < LOOK_MS) return 'rest'
      return waited >= STILL_MS || hasChanged() ? 'look' : 'rest'
    }
    return tMs - this.sureMs >= this.patience.unsureMs && waited >= LOOK_MS ? 'look' : 'pose'
  }

  /** The presence network's answer to a look; answers whether PoseNet looks at this picture. */
  looked(probability: number, tMs: number): boolean {
    this.lookedMs = tMs
    this.emptyLooks = probability < NOBODY ? this.emptyLooks + 1 : 0
    if (this.isOpen) {
      if (this.emptyLooks >= this.patience.looks) this.isOpen = false
    } else if (probability >= SOMEBODY) {
      this.open(tMs, BRIEF)
    }
    return this.isOpen
  }

  /** What PoseNet found. */
  found(pose: Pose, tMs: number): void {
    if (certainty(pose) >= SURE) {
      this.sureMs = tMs
      this.emptyLooks = 0
      this.patience = PATIENT
    }
  }

  get isClosed(): boolean {
    return !this.isOpen
  }

  /** Other pictures come now. */
  reset(tMs = -Infinity): void {
    this.lastMs = tMs
    this.lookedMs = -Infinity
    this.open(tMs, PATIENT)
  }

  /** PoseNet gets its time to find whoever has come. */
  private open(tMs: number, patience: typeof PATIENT): void {
    this.isOpen = true
    this.patience = patience
    this.emptyLooks = 0
    this.sureMs = tMs
  }
}
