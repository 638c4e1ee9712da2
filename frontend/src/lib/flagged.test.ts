import { describe, expect, it } from 'vitest'
import { isFlagged, nextFlagged, nextFlaggedSet } from './flagged'
import { eventsOf } from './reps'
import { aCorrection, aFinding, anAttempt, aRep, aSet } from './testing'

/** Clean, faulty, clean, an attempt; and one that the athlete has said is none. */
const set = aSet({
  reps: [aRep(0), aRep(1), aRep(2), aRep(6, { correction: 'c1' })],
  findings: [aFinding(1)],
  attempts: [anAttempt({ start_ms: 9000, end_ms: 9800 })],
  corrections: [aCorrection({ id: 'c1', kind: 'not_a_rep' })],
})
const events = eventsOf(set)

describe('what to look at', () => {
  it('comes one after the other, to the end', () => {
    expect(nextFlagged(events, null, 1)).toBe(1)
    expect(nextFlagged(events, 1, 1)).toBe(3)
    expect(nextFlagged(events, 3, 1)).toBe(4)
    expect(nextFlagged(events, 4, 1)).toBeNull()
  })
  it('and backwards', () => {
    expect(nextFlagged(events, null, -1)).toBe(4)
    expect(nextFlagged(events, 1, -1)).toBeNull()
  })
})

describe('sets with something to look at', () => {
  const clean = aSet({ id: 'clean', attempt_count: 0, findings: [] })
  const faulty = aSet({ id: 'faulty', attempt_count: 0, findings: [aFinding(0)] })
  const posture = aSet({ id: 'hold', attempt_count: 0, findings: [aFinding(null)] })
  const last = aSet({ id: 'last', attempt_count: 2 })
  const sets = [clean, faulty, posture, last]

  it('are those with a finding in a repetition, or a movement that did not count', () => {
    expect(sets.filter(isFlagged).map(({ id }) => id)).toEqual(['faulty', 'last'])
  })
  it('are found in both directions', () => {
    expect(nextFlaggedSet(sets, 'clean', 1)?.id).toBe('faulty')
    expect(nextFlaggedSet(sets, 'faulty', 1)?.id).toBe('last')
    expect(nextFlaggedSet(sets, 'last', -1)?.id).toBe('faulty')
    expect(nextFlaggedSet(sets, 'faulty', -1)).toBeNull()
    expect(nextFlaggedSet(sets, 'last', 1)).toBeNull()
  })
})
