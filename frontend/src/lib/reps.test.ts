import { describe, expect, it } from 'vitest'
import type { Attempt, Rep } from '@/api/types'
import { eventsOf, heights, tempoTotal } from './reps'

const rep = (index: number, start_ms: number, rom_deg: number | null = 90): Rep => ({
  index,
  start_ms,
  turn_ms: start_ms + 500,
  end_ms: start_ms + 1000,
  rom_deg,
  tempo_s: { down: 0.5, pause: 0.25, up: 0.5 },
  confidence: 1,
})
const attempt: Attempt = { start_ms: 1500, end_ms: 1900, reason: 'too_small', message: 'Smaller.' }

describe('eventsOf', () => {
  it('puts reps and attempts in the order of time', () => {
    const events = eventsOf({ reps: [rep(0, 0), rep(1, 3000)], attempts: [attempt] })
    expect(events.map(({ kind }) => kind)).toEqual(['rep', 'attempt', 'rep'])
  })
})

describe('heights', () => {
  it('are shares of the largest, and never nothing', () => {
    const shares = heights([rep(0, 0, 100), rep(1, 2000, 50), rep(2, 4000, null)], 'rom', 0.1)
    expect([...shares.values()]).toEqual([1, 0.5, 0.1])
  })
  it('of no reps are none', () => expect(heights([], 'rom').size).toBe(0))
})

it('adds up a tempo', () => expect(tempoTotal(rep(0, 0))).toBeCloseTo(1.25))
