import golden from '@facts/form_golden.json'
import { describe, expect, it } from 'vitest'
import { assess, type Finding } from './form'
import { sequenceOf, type Sequence } from './sequence'

type Case = (typeof golden.cases)[number]

function sequenceIn({ t_ms, poses, aspect }: Case): Sequence {
  const steps = new Uint16Array(Uint8Array.from(atob(poses), (c) => c.charCodeAt(0)).buffer)
  return sequenceOf(
    t_ms,
    Float32Array.from(steps, (value) => value / 65_535),
    aspect,
  )
}

const spansOf = ({ reps }: Case) => reps.map(([startMs, endMs]) => ({ startMs: startMs!, endMs: endMs! }))
const where = ({ rep, fault, joint, phase, unit, limit, start_ms, end_ms }: Finding) => ({
  ...{ rep, fault, joint, phase, unit, limit, start_ms, end_ms },
})

describe('assess', () => {
  it.each(golden.cases)('finds in "$name" what Python finds', (one) => {
    const found = assess(sequenceIn(one), one.exercise, spansOf(one))
    const right = one.findings as Finding[]
    expect(found.map(where)).toEqual(right.map(where))
    found.forEach(({ measured, severity }, i) => {
      expect(Math.abs(measured - right[i]!.measured)).toBeLessThan(0.11)
      expect(Math.abs(severity - right[i]!.severity)).toBeLessThan(0.01)
    })
  })

  it('finds what the clips were made to show', () => {
    for (const { name, findings } of golden.cases) {
      expect(findings.map(({ fault }) => fault)).toContain(name.split(', ')[1])
    }
  })

  it('says nothing of an exercise without a standard, of nobody, and of a picture without a shape', () => {
    const one = golden.cases[0]!
    const sequence = sequenceIn(one)
    expect(assess(sequence, 'unknown', spansOf(one))).toEqual([])
    expect(assess(sequence, null, spansOf(one))).toEqual([])
    expect(assess({ ...sequence, aspect: null }, one.exercise, spansOf(one))).toEqual([])
    const nobody = { ...sequence, poses: sequence.poses.map((value, i) => (i % 3 === 2 ? 0 : value)) }
    expect(assess(nobody, one.exercise, spansOf(one))).toEqual([])
  })
})
