import { expect, it } from 'vitest'
import { itemChanges, type Said } from './planChange'

const said = (exercise: string, sets = 3): Said => ({
  exercise,
  sets,
  reps: 8,
  hold_s: null,
  rest_s: 60,
  tempo: '',
  load_kg: null,
  rom_deg: null,
})

it('names what changed, came and went', () => {
  const was = [said('squat'), said('lunge'), said('plank')]
  const now = [said('lunge'), said('squat', 5), said('deadlift')]
  expect(
    itemChanges(was, now).map(({ exercise, before, after }) => [exercise, before?.sets, after?.sets]),
  ).toEqual([
    ['squat', 3, 5],
    ['deadlift', undefined, 3],
    ['plank', 3, undefined],
  ])
})

it('pairs those that are the same first', () => {
  const was = [said('squat', 3), said('squat', 5)]
  const now = [said('squat', 5), said('squat', 4)]
  expect(itemChanges(was, now).map(({ before, after }) => [before?.sets, after?.sets])).toEqual([[3, 4]])
})

it('is nothing for another order', () => {
  expect(itemChanges([said('squat'), said('plank')], [said('plank'), said('squat')])).toEqual([])
})
