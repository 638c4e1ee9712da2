import { describe, expect, it } from 'vitest'
import { FRESH, hear, type Said } from './cues'

type Rep = Record<string, number>

/** What is said after each of these repetitions, `everyMs` apart: severities by fault. */
function heard(reps: readonly Rep[], everyMs = 3_000): (Said | null)[] {
  let coach = FRESH
  return reps.map((faults, i) => {
    const findings = Object.entries(faults).map(([fault, severity]) => ({ fault, severity }))
    const answer = hear(coach, { findings, atMs: i * everyMs })
    coach = answer.coach
    return answer.said
  })
}

const cue = (fault: string): Said => ({ kind: 'cue', fault })
const praise = (fault: string): Said => ({ kind: 'praise', fault })

describe('hear', () => {
  it('says nothing of good repetitions', () => {
    expect(heard([{}, {}, {}, {}])).toEqual([null, null, null, null])
  })

  it('waits for a lesser fault to come again, and says a grave one at once', () => {
    expect(heard([{ depth: 0.3 }, {}, { depth: 0.3 }])).toEqual([null, null, cue('depth')])
    expect(heard([{ depth: 0.3 }, {}, {}, { depth: 0.3 }]).at(-1)).toBeNull()
    expect(heard([{ depth: 0.8 }])).toEqual([cue('depth')])
  })

  it('lets go what is not worth a word', () => {
    expect(heard([{ depth: 0.05 }, { depth: 0.05 }, { depth: 0.05 }])).toEqual([null, null, null])
  })

  it('says one thing at a time, the worst first', () => {
    expect(heard([{ depth: 0.6, trunk_lean: 0.9 }])).toEqual([cue('trunk_lean')])
  })

  it('keeps a pause, and does not repeat itself soon', () => {
    const grave = { depth: 0.9, trunk_lean: 0.6 }
    const said = heard(Array.from({ length: 9 }, () => grave))
    expect(said.flatMap((one, i) => (one ? [[i, one.fault]] : []))).toEqual([
      [0, 'depth'],
      [3, 'trunk_lean'],
      [7, 'depth'],
    ])
  })

  it('praises once, after two repetitions without the fault', () => {
    const said = heard([{ depth: 0.9 }, { depth: 0.9 }, {}, {}, {}, {}])
    expect(said).toEqual([cue('depth'), null, null, praise('depth'), null, null])
  })

  it('praises nothing that came back', () => {
    expect(heard([{ depth: 0.9 }, {}, { depth: 0.3 }, {}, { depth: 0.3 }]).slice(1)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('leaves the coach that was handed in as it was', () => {
    hear(FRESH, { findings: [{ fault: 'depth', severity: 1 }], atMs: 0 })
    expect(FRESH.recent).toEqual([])
    expect(FRESH.cuedAtMs).toEqual({})
  })
})
