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

/** Shares of the way at which it is under way, and at the turn. */
const AWAY = 0.15
const AT_TURN = 0.85

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
  const [begun, arrived] = [first(top, -1, AWAY), first(top, -1, AT_TURN)]
  const [left, back] = [first(top, 1, AT_TURN), first(top, 1, AWAY)]
  if (begun < 0 || back >= samples.length) return null
  const seconds = (from: number, to: number): number => (samples[to].tMs - samples[from].tMs) / 1000
  return { down: seconds(begun, arrived), pause: seconds(arrived, left), up: seconds(left, back) }
}
