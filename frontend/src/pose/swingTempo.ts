/** How long a swing took to its turn, there, and back. */
import type { Swing } from './swings'

export interface Sample {
  tMs: number
  /** Degrees that grow towards the turn. */
  value: number
}

/** Seconds. */
export interface SwingTempo {
  down: number
  pause: number
  up: number
}

/** Shares of the way at which it is surely under way, and at the turn; and at rest, however it shakes. */
const AWAY = 0.2
const AT_TURN = 0.85
const AT_REST = 0.05

/** Null while it is not back yet, or where its beginning is no longer among the samples. */
export function swingTempo(samples: readonly Sample[], { rest, turn }: Swing): SwingTempo | null {
  const way = turn - rest
  const top = samples.findLastIndex(({ value }) => value === turn)
  if (top < 0 || way <= 0) return null
  const share = (i: number): number => (samples[i].value - rest) / way
  const first = (from: number, step: 1 | -1, least: number): number => {
    let i = from
    while (i >= 0 && i < samples.length && share(i) > least) i += step
    return i
  }
  /** On to where the movement begins or ends. */
  const settled = (from: number, step: 1 | -1): number => {
    let i = from
    while (share(i) > AT_REST && samples[i + step]?.value < samples[i].value) i += step
    return i
  }
  const [away, arrived] = [first(top, -1, AWAY), first(top, -1, AT_TURN)]
  const [left, near] = [first(top, 1, AT_TURN), first(top, 1, AWAY)]
  if (away < 0 || near >= samples.length) return null
  const [begun, back] = [settled(away, -1), settled(near, 1)]
  if (back === samples.length - 1 && share(back) > AT_REST) return null
  const seconds = (from: number, to: number): number => (samples[to].tMs - samples[from].tMs) / 1000
  return { down: seconds(begun, arrived), pause: seconds(arrived, left), up: seconds(left, back) }
}
