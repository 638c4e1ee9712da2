/** Where in a repetition: 0 at its start, 1 at the turn, 2 at its end. */
import { clamp } from '@/discriminator/numbers'

export interface Beats {
  start_ms: number
  turn_ms: number
  end_ms: number
}

const share = (from: number, to: number, at: number): number =>
  to > from ? clamp((at - from) / (to - from), 0, 1) : at < from ? 0 : 1

/** In [0, 2]; before the repetition 0, after it 2. */
export function phaseAt({ start_ms, turn_ms, end_ms }: Beats, atMs: number): number {
  return share(start_ms, turn_ms, atMs) + (atMs > turn_ms ? share(turn_ms, end_ms, atMs) : 0)
}

/** The moment of this phase in another repetition, or in the same one. */
export function timeAt({ start_ms, turn_ms, end_ms }: Beats, phase: number): number {
  if (phase <= 1) return start_ms + Math.max(phase, 0) * (turn_ms - start_ms)
  return turn_ms + Math.min(phase - 1, 1) * (end_ms - turn_ms)
}
