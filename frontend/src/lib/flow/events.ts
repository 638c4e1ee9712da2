/** What the session flow says about itself. */
import type { FramingFault } from './framing'

/** From an empty picture to the end of the workout; docs/session-flow.md draws the ways between them. */
export type FlowState =
  'no_person' | 'positioning' | 'ready' | 'countdown' | 'exercising' | 'resting' | 'paused' | 'finished'

/** Why a set ended: its target, rest, nobody there, a raised hand, a key or tap, a hold given up, nothing done. */
export type SetEnd = 'target' | 'rest' | 'left' | 'gesture' | 'command' | 'hold_over' | 'empty'

export type FlowEvent =
  | { type: 'state'; state: FlowState }
  /** Whole seconds left of the countdown. */
  | { type: 'tick'; left: number }
  | { type: 'go' }
  | { type: 'target_reached' }
  /** To be answered by finishing the set. */
  | { type: 'set_ended'; why: SetEnd }
  /** Few whole seconds left of the rest. */
  | { type: 'rest_tick'; left: number }
  | { type: 'rest_ended' }

export type Command = 'start' | 'stop' | 'pause' | 'resume' | 'skip_rest' | 'extend_rest' | 'finish'

/** The one thing to tell the athlete now; null where there is nothing to say. */
export type Guidance = FramingFault | 'hold_still' | 'paused' | null

/** A number of repetitions, or of seconds of a hold. */
export interface Target {
  kind: 'reps' | 'hold_s'
  value: number
}

/** What was done of a set so far. */
export interface Progress {
  reps: number
  holdS: number
}

export const doneOf = (target: Target, { reps, holdS }: Progress): number =>
  target.kind === 'reps' ? reps : holdS

/** In [0, 1]. */
export const ratioOf = (target: Target, progress: Progress): number =>
  Math.min(doneOf(target, progress) / Math.max(target.value, 1), 1)

/** Whether somebody stands before the camera to train, not at the device to set something. */
export function standsReady(state: FlowState, guidance: Guidance): boolean {
  if (state === 'ready') return true
  const isAtDevice = guidance === null || guidance === 'too_near' || guidance.endsWith('_cut')
  return state === 'positioning' && !isAtDevice
}
