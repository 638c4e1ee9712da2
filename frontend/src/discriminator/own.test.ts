import golden from '@facts/own_golden.json'
import { describe, expect, it } from 'vitest'
import { C, K } from '@/pose/skeleton'
import type { Analysis } from './analysis'
import { analyzeOwn } from './own'
import { proposeMarks } from './ownMarks'
import { makeTemplate, type Mark, type Template } from './ownTemplate'
import type { Sequence } from './sequence'
import { GOLDEN, farthest } from './testing'

type Row = (string | number | null)[]
interface Told {
  confidence: number
  reps: Row[]
  attempts: Row[]
}

const sequenceOf = (name: string): Sequence => {
  const found = GOLDEN.find((one) => one.name === name)
  if (!found) throw new Error(`no case ${name}`)
  return found.sequence
}

/** Its first two thirds, as of a set that goes on. */
function beginning({ tMs, poses, aspect }: Sequence): Sequence {
  const frames = Math.floor((2 * tMs.length) / 3)
  return { tMs: tMs.slice(0, frames), poses: poses.slice(0, frames * K * C), aspect }
}

function mirrored({ tMs, poses, aspect }: Sequence): Sequence {
  const turned = poses.map((value, i) => (i % C === 0 && poses[i + 2] > 0 ? 1 - value : value))
  return { tMs, poses: turned, aspect }
}

const marksOf = (rows: number[][]): Mark[] =>
  rows.map(([start_ms, turn_ms, end_ms]) => ({ start_ms, turn_ms, end_ms }))

function expectTold(found: Analysis, right: Told): void {
  expect(found.confidence).toBeCloseTo(right.confidence, 2)
  const reps = found.reps.map(({ startS, turnS, endS, romDeg, confidence, tempoS }) => [
    ...[startS, turnS, endS].map((s) => Math.round(1000 * s)),
    ...[romDeg, confidence, tempoS.down, tempoS.pause, tempoS.up],
  ])
  expect(reps).toHaveLength(right.reps.length)
  reps.forEach((rep, i) => {
    expect(farthest(rep.slice(0, 3) as number[], right.reps[i].slice(0, 3) as number[])).toBeLessThan(3)
    expect(farthest(rep.slice(3) as number[], right.reps[i].slice(3) as number[])).toBeLessThan(0.1)
  })
  const attempts = found.attempts.map(({ startS, endS, reason }) => [
    Math.round(1000 * startS),
    Math.round(1000 * endS),
    reason,
  ])
  expect(attempts).toEqual(right.attempts.map((one) => one.slice(0, 3)))
}

describe.each(golden.shown)('$name, shown once', ({ case: shown, marks, template, answers }) => {
  it('makes the template that Python makes', () => {
    const found = makeTemplate(sequenceOf(shown), marksOf(marks)) as Template
    expect(farthest(found.path.flat(), template.path.flat())).toBeLessThan(2e-4)
    expect(farthest(found.weights, template.weights)).toBeLessThan(2e-4)
    expect(farthest(found.axis, template.axis)).toBeLessThan(2e-4)
    expect(farthest(found.figure.flat(2), template.figure.flat(2))).toBeLessThan(2e-4)
    expect(found.joints.map(({ name }) => name)).toEqual(template.joints.map(({ name }) => name))
    expect(farthest([found.facing, found.duration_s], [template.facing, template.duration_s])).toBeLessThan(
      2e-3,
    )
  })

  it.each(Object.entries(answers))('counts %s as Python does', (name, right) => {
    const sequence = sequenceOf(name)
    expectTold(analyzeOwn(sequence, template, 'own-x'), right.whole as Told)
    expectTold(analyzeOwn(beginning(sequence), template, 'own-x', true), right.open as Told)
    expectTold(analyzeOwn(mirrored(sequence), template, 'own-x'), right.mirrored as Told)
  })

  it('finds the repetitions of the recording by itself, close to the marks', () => {
    const found = proposeMarks(sequenceOf(shown))
    expect(found).toHaveLength(marks.length)
    found.forEach(({ turn_ms }, i) => expect(Math.abs(turn_ms - marks[i][1])).toBeLessThan(500))
  })
})

it('needs two repetitions in which something moves', () => {
  const [first] = golden.shown
  const [mark] = marksOf(first.marks)
  expect(makeTemplate(sequenceOf(first.case), [mark])).toBe('few')
  const still = sequenceOf('a long wait')
  const waiting = { start_ms: 200, turn_ms: 700, end_ms: 1200 }
  const frozen = { ...still, poses: still.poses.map((_, i) => still.poses[i % (K * C)]) }
  expect(makeTemplate(frozen, [waiting, { start_ms: 1300, turn_ms: 1800, end_ms: 2300 }])).toBe('still')
})
