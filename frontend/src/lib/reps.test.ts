import { describe, expect, it } from 'vitest'
import { bestFirst, eventsOf, heights, tempoTotal, verdictOf } from './reps'
import { aCorrection, aFinding, anAttempt, aRep, aSet } from './testing'

describe('eventsOf', () => {
  it('puts reps and attempts in the order of time', () => {
    const set = aSet({ reps: [aRep(0), aRep(1)], attempts: [anAttempt({ start_ms: 1900, end_ms: 1950 })] })
    expect(eventsOf(set).map(({ kind }) => kind)).toEqual(['rep', 'attempt', 'rep'])
  })

  it('gives each rep its findings, worst first', () => {
    const findings = [
      aFinding(1, { fault: 'tempo', severity: 0.2 }),
      aFinding(1, { fault: 'depth', severity: 0.9 }),
      aFinding(null, { fault: 'uneven' }),
    ]
    const [first, second] = eventsOf(aSet({ findings }))
    expect(first).toMatchObject({ findings: [] })
    expect(second).toMatchObject({ findings: [{ fault: 'depth' }, { fault: 'tempo' }] })
  })
})

describe('verdictOf', () => {
  const set = aSet({
    reps: [aRep(0), aRep(1), aRep(2, { correction: 'no' })],
    attempts: [anAttempt({ correction: 'yes' }), anAttempt({ start_ms: 11_000, end_ms: 12_000 })],
    findings: [aFinding(1)],
    corrections: [aCorrection({ id: 'no', kind: 'not_a_rep' }), aCorrection({ id: 'yes', kind: 'is_a_rep' })],
  })

  it("is the machine's, unless a person said otherwise", () => {
    expect(eventsOf(set).map(verdictOf)).toEqual(['clean', 'finding', 'not_counted', 'clean', 'not_counted'])
  })
})

describe('bestFirst', () => {
  it('prefers a clean repetition, then a wide one, and leaves out what does not count', () => {
    const reps = [
      aRep(0, { rom_deg: 120 }),
      aRep(1, { rom_deg: 80 }),
      aRep(2, { rom_deg: 95 }),
      aRep(3, { rom_deg: 130, correction: 'no' }),
    ]
    const corrections = [aCorrection({ id: 'no', kind: 'not_a_rep' })]
    const events = eventsOf(aSet({ reps, corrections, findings: [aFinding(0)] }))
    expect(bestFirst(events).map(({ index }) => index)).toEqual([2, 1, 0])
  })
})

describe('heights', () => {
  it('are shares of the largest, and never nothing', () => {
    const reps = [100, 50, null].map((rom_deg, i) => aRep(i, { rom_deg }))
    expect([...heights(reps, 'rom', 0.1).values()]).toEqual([1, 0.5, 0.1])
  })
  it('of no reps are none', () => expect(heights([], 'rom').size).toBe(0))
})

it('adds up a tempo', () => expect(tempoTotal(aRep(0))).toBeCloseTo(1.8))
