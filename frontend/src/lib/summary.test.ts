import { describe, expect, it } from 'vitest'
import { eventsOf } from './reps'
import { cleanReps, mostFound, totalsOf } from './summary'
import { aCorrection, aFinding, aRep, aSet } from './testing'

describe('cleanReps', () => {
  it('are of those that count', () => {
    const set = aSet({
      reps: [aRep(0), aRep(1), aRep(2, { correction: 'no' })],
      findings: [aFinding(1)],
      corrections: [aCorrection({ id: 'no', kind: 'not_a_rep' })],
    })
    expect(cleanReps(eventsOf(set))).toEqual({ clean: 1, all: 2 })
  })
})

describe('mostFound', () => {
  const depth = (severity: number) => aFinding(0, { fault: 'depth', severity })
  const lean = (severity: number) => aFinding(0, { fault: 'lean', severity })

  it('is what most repetitions have, at its worst', () => {
    const found = mostFound([[depth(0.2)], [lean(0.9)], [depth(0.4), depth(0.1)]])
    expect(found).toEqual({ finding: depth(0.4), reps: 2 })
  })
  it('of equals is the graver one', () => {
    expect(mostFound([[depth(0.2)], [lean(0.9)]])?.finding.fault).toBe('lean')
  })
  it('of nothing is nothing', () => expect(mostFound([[], []])).toBeNull())
})

describe('totalsOf', () => {
  it('adds up each exercise, as it was corrected', () => {
    const totals = totalsOf([
      aSet({ final_rep_count: 10, weight_kg: 60 }),
      aSet({ final_rep_count: 8 }),
      aSet({ final_exercise: 'plank', final_rep_count: 0, hold_s: 40 }),
    ])
    expect(totals).toEqual([
      { exercise: 'squat', sets: 2, reps: 18, hold_s: 0, volume_kg: 600 },
      { exercise: 'plank', sets: 1, reps: 0, hold_s: 40, volume_kg: null },
    ])
  })
})
