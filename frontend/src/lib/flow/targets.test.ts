import { expect, it } from 'vitest'
import { chosenTarget, targetOf } from './targets'

it.each([
  ['3', 3],
  ['120', 120],
  ['0', null],
  ['-3', null],
  ['3.5', null],
  ['many', null],
  [undefined, null],
  [['3', '4'], null],
])('reads %j out of an address as %j', (text, target) => {
  expect(targetOf(text)).toBe(target)
})

it('is what the athlete chose for the exercise', () => {
  expect(chosenTarget({ squat: 3 }, 'squat', false)).toEqual({ kind: 'reps', value: 3 })
  expect(chosenTarget({ plank: 30 }, 'plank', true)).toEqual({ kind: 'hold_s', value: 30 })
  expect(chosenTarget({ squat: 0 }, 'squat', false)).toBeNull()
  expect(chosenTarget({ squat: 3 }, null, false)).toBeNull()
})
