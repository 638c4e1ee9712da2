import { expect, it } from 'vitest'
import { chosenOf, keptOf, markAt, markProblem, type DraftMark } from './ownDraft'

const mark = (id: number, start_ms: number, more: Partial<DraftMark> = {}): DraftMark => ({
  id,
  kept: true,
  start_ms,
  turn_ms: start_ms + 1_000,
  end_ms: start_ms + 2_000,
  ...more,
})

it('keeps the three in the middle at first', () => {
  const found = [0, 2_000, 4_000, 6_000, 8_000].map((start) => mark(0, start))
  expect(chosenOf(found).map(({ kept }) => kept)).toEqual([false, true, true, true, false])
  expect(chosenOf(found.slice(0, 2)).map(({ kept }) => kept)).toEqual([true, true])
  expect(chosenOf([])).toEqual([])
})

it('sends the kept ones in order of time', () => {
  const marks = [mark(0, 4_000), mark(1, 0), mark(2, 2_000, { kept: false })]
  expect(keptOf(marks).map(({ start_ms }) => start_ms)).toEqual([0, 4_000])
  expect(keptOf(marks)[0]).not.toHaveProperty('id')
})

it.each([
  [[mark(0, 0), mark(1, 2_000)], null],
  [[mark(0, 0)], { key: 'marks.few' }],
  [Array.from({ length: 7 }, (_, i) => mark(i, 2_000 * i)), { key: 'marks.many' }],
  [[mark(0, 0), mark(1, 1_500)], { key: 'marks.order', n: 2 }],
  [[mark(0, 0, { turn_ms: 2_500 }), mark(1, 2_000)], { key: 'marks.order', n: 1 }],
  [[mark(0, 0), mark(1, 2_000, { turn_ms: 2_100, end_ms: 2_300 })], { key: 'marks.length', n: 2 }],
] as const)('says what is wrong with %j', (marks, problem) => {
  expect(markProblem(marks)).toEqual(problem)
})

it('adds one as long as the others, within the recording', () => {
  const added = markAt([mark(0, 0), mark(4, 2_000)], 5_500, 6_000)
  expect(added).toEqual({ id: 5, kept: true, start_ms: 4_500, turn_ms: 5_500, end_ms: 6_000 })
  expect(markAt([], 500, 9_000)).toMatchObject({ id: 0, start_ms: 0, end_ms: 1_500 })
})
