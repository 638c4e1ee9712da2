/** An exercise as a drawing that moves: the posture at a time. Plain arithmetic, no Vue. */
import { between, figureOf, type Posture } from './figure'
import type { Drawing } from './postures'

/** A calm repetition with a short rest at both ends. */
const CALM_MS = 3200
/** Of a wave: cut off at both ends, where the figure rests. */
const REST = 0.06

export const repMs = ({ repMs: own = CALM_MS }: Drawing): number => own

/** A hold has nowhere to go. */
export const moves = ({ start, turn }: Drawing): boolean => JSON.stringify(start) !== JSON.stringify(turn)

/** How far from the start (0) to the turn (1) a repetition is; phase in [0, 1). */
export function shareAt(phase: number): number {
  const wave = (1 - Math.cos(2 * Math.PI * phase)) / 2
  return Math.min(1, Math.max(0, (wave - REST) / (1 - 2 * REST)))
}

/** Left and right exchanged, the hips where they were. */
function swapped(posture: Posture): Posture {
  const [arm, otherArm] = posture.arms
  const [leg, otherLeg] = posture.legs
  const [x, y] = figureOf(posture).near.hip
  return { ...posture, arms: [otherArm, arm], legs: [otherLeg, leg], anchor: ['hip', x, y] }
}

/** The curve through start, via and turn, one joint angle at a time. */
function bent(start: Posture, via: Posture, turn: Posture, share: number): Posture {
  // De Casteljau, with the control point that puts the curve's middle on `via`.
  const control = between(between(start, turn, 0.5), via, 2)
  return between(between(start, control, share), between(control, turn, share), share)
}

/** Whether it is the far side's turn. */
export const isFar = (drawing: Drawing, ms: number): boolean =>
  drawing.alternates === true && Math.floor(ms / repMs(drawing)) % 2 === 1

/** The posture `ms` after the start of the first repetition. */
export function postureAt(drawing: Drawing, ms: number): Posture {
  const share = shareAt((ms / repMs(drawing)) % 1)
  const { start, via, turn } = drawing
  const posture = via ? bent(start, via, turn, share) : between(start, turn, share)
  return isFar(drawing, ms) ? swapped(posture) : posture
}
