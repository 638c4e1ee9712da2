import { describe, expect, it } from 'vitest'
import { eventsOf } from '@/lib/reps'
import { aFinding, anAttempt, aRep, aSet } from '@/lib/testing'
import { bestSeen, degreesAt } from './joints'
import { poseAt } from './film'
import { beatsOf, findingPins, markAt, marksOf, momentOf } from './moments'
import { downAndUp, squatFilm } from './testing'

const events = eventsOf(aSet({ findings: [aFinding(1)] }))
const film = squatFilm(downAndUp(10))

describe('marksOf', () => {
  const marks = marksOf(events)

  it('are the repetitions with their numbers and verdicts, and attempts without a number', () => {
    expect(marks.map(({ number, verdict }) => [number, verdict])).toEqual([
      [1, 'clean'],
      [2, 'finding'],
      [3, 'clean'],
      [null, 'not_counted'],
    ])
  })
  it('tell what is going on', () => {
    expect(markAt(marks, 2500)?.number).toBe(2)
    expect(markAt(marks, 1900)).toBeNull()
  })
})

describe('momentOf', () => {
  const finding = aFinding(0, { fault: 'unheard_of', start_ms: 0, end_ms: 2000 })
  const kneeAt = (ms: number): number => {
    const [joint, pose] = [bestSeen('knee', film), poseAt(film, ms)]
    return joint && pose ? (degreesAt(pose, joint, film.aspect) ?? NaN) : NaN
  }

  it('is where the joint is nearest to what was measured', () => {
    const measured = kneeAt(600)
    expect(momentOf({ ...finding, measured }, film, null, 0)).toBeCloseTo(600, -2.5)
  })
  it('is the turn where nothing can be measured there', () => {
    expect(momentOf({ ...finding, unit: 'ratio' }, film, null, 700)).toBe(700)
    expect(momentOf({ ...finding, unit: 's', phase: 'whole' }, film, null, 700)).toBe(1000)
  })
})

it('pins every finding with its words', () => {
  const [pin, ...others] = findingPins(events, film, 'squat', ({ fault }) => fault)
  expect(pin).toMatchObject({ event: 1, label: 'depth' })
  expect(others).toEqual([])
})

describe('beatsOf', () => {
  it('of a repetition are its own', () => {
    const [event] = eventsOf(aSet({ reps: [aRep(0)], attempts: [] }))
    expect(beatsOf(event, film, 'knee')).toMatchObject({ start_ms: 0, turn_ms: 800, end_ms: 1800 })
  })
  it('of an attempt turn where its joint is farthest from its start', () => {
    const [event] = eventsOf(aSet({ reps: [], attempts: [anAttempt({ start_ms: 0, end_ms: 2000 })] }))
    expect(beatsOf(event, film, 'knee').turn_ms).toBe(1000)
  })
})
