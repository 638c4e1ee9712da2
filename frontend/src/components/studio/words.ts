/** Figures into message keys: how they are said is the business of the locale files. */
import type { Rep, SetDetail } from '@/api/types'

export type ConfidenceWord = 'sure' | 'fairly' | 'unsure'

/** From the discriminator's confidence in [0, 1]. */
export function confidenceWord(confidence: number | null): ConfidenceWord {
  if (confidence === null || confidence < 0.5) return 'unsure'
  return confidence < 0.8 ? 'fairly' : 'sure'
}

/** Minutes and seconds, "1:05"; negative and fractional seconds are rounded down to what has passed. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Mean seconds down, resting and up; null without repetitions. */
export function meanTempo(reps: readonly Rep[]): Rep['tempo_s'] | null {
  if (!reps.length) return null
  return {
    down: mean(reps.map(({ tempo_s }) => tempo_s.down)),
    pause: mean(reps.map(({ tempo_s }) => tempo_s.pause)),
    up: mean(reps.map(({ tempo_s }) => tempo_s.up)),
  }
}

/** Nothing to count: the honest answer needs a reason, not a zero alone. */
export function isEmpty(set: SetDetail): boolean {
  return set.rep_count === 0 && !set.hold_s
}
