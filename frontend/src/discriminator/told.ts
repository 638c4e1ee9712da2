/** Repetitions and attempts in the server's words, rounded as there. */
import type { Attempt, AttemptReason, Rep } from './reps'

export interface ToldRep {
  index: number
  start_ms: number
  turn_ms: number
  end_ms: number
  rom_deg: number | null
  tempo_s: { down: number; pause: number; up: number }
  confidence: number
}

export interface ToldAttempt {
  start_ms: number
  end_ms: number
  reason: AttemptReason
  rom_deg: number | null
  needed_deg: number | null
}

const ms = (s: number): number => Math.round(1000 * s)
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
const degrees = (value: number | null | undefined): number | null =>
  value == null ? null : rounded(value, 1)

export function toldRep({ startS, turnS, endS, romDeg, tempoS, confidence }: Rep, index: number): ToldRep {
  const { down, pause, up } = tempoS
  return {
    index,
    start_ms: Math.max(0, ms(startS)),
    turn_ms: ms(turnS),
    end_ms: ms(endS),
    rom_deg: degrees(romDeg),
    tempo_s: { down: rounded(down, 3), pause: rounded(pause, 3), up: rounded(up, 3) },
    confidence: rounded(confidence, 3),
  }
}

export function toldAttempt(attempt: Attempt | undefined): ToldAttempt | null {
  if (!attempt) return null
  const { startS, endS, reason, romDeg, neededDeg } = attempt
  return {
    start_ms: ms(startS),
    end_ms: ms(endS),
    reason,
    rom_deg: degrees(romDeg),
    needed_deg: degrees(neededDeg),
  }
}
