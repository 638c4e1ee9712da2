import { describe, expect, it } from 'vitest'
import { nextStep, setsDone, targetOf, type LedItem, type LedSet } from './led'

const item = (part: Partial<LedItem>): LedItem => ({
  exercise: 'squat',
  sets: 2,
  reps: 10,
  hold_s: null,
  rest_s: 60,
  tempo: null,
  rom_deg: null,
  ...part,
})
const items = [item({}), item({ exercise: 'plank', reps: null, hold_s: 30, sets: 1 }), item({ rest_s: 90 })]
const set = (of: number | undefined, discarded = false): LedSet => ({ item: of, discarded })

describe('nextStep', () => {
  it('leads through the sets of every item in their order', () => {
    const sets: LedSet[] = []
    const ways: string[] = []
    for (let step = nextStep(items, sets, []); step; step = nextStep(items, sets, [])) {
      ways.push(`${step.exercise} ${step.set}/${step.sets} rest ${step.restS}`)
      sets.push(set(step.item))
    }
    expect(ways).toEqual([
      'squat 1/2 rest 60',
      'squat 2/2 rest 60',
      'plank 1/1 rest 60',
      'squat 1/2 rest 90',
      'squat 2/2 rest 0',
    ])
  })

  it('tells the tempo and the range that a set asks for', () => {
    const slow = [item({ tempo: '3-1-1', rom_deg: 100 })]
    expect(nextStep(slow, [], [])).toMatchObject({ tempo: '3-1-1', rom_deg: 100 })
  })

  it('asks for a discarded set again, and counts none of another exercise', () => {
    expect(nextStep(items, [set(0, true), set(undefined)], [])).toMatchObject({ item: 0, set: 1 })
  })

  it('leaves out what was skipped, also when that was the last', () => {
    expect(nextStep(items, [set(0)], [0])).toMatchObject({ item: 1, set: 1 })
    expect(nextStep(items, [set(0), set(0), set(1)], [2])).toBeNull()
    expect(nextStep(items, [set(0), set(0)], [2])).toMatchObject({ restS: 0 })
  })
})

it('setsDone counts by item', () => {
  expect(setsDone(items, [set(0), set(2), set(2), set(2, true)])).toEqual([1, 0, 2])
})

it.each([
  [
    { reps: 8, hold_s: null },
    { kind: 'reps', value: 8 },
  ],
  [
    { reps: null, hold_s: 30 },
    { kind: 'hold_s', value: 30 },
  ],
  [{ reps: null, hold_s: null }, null],
])('targetOf %o is %o', (asked, target) => expect(targetOf(asked)).toEqual(target))
