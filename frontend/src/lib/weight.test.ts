import { expect, it } from 'vitest'
import { effortWord } from './effort'
import { formatWeight, fromKg, readNumber, toKg } from './weight'

it('says a weight in the units of the athlete', () => {
  expect(formatWeight(62.5, 'metric', 'en-GB')).toBe('62.5 kg')
  expect(formatWeight(61.235, 'imperial', 'en-GB')).toBe('135 lb')
  expect(formatWeight(62.5, 'metric', 'de-DE')).toBe('62,5 kg')
})

it.each(['metric', 'imperial'] as const)('goes there and back in %s', (units) => {
  expect(fromKg(toKg(135, units), units)).toBeCloseTo(135)
})

it.each([
  ['62.5', 62.5],
  ['62,5', 62.5],
  [' 60 ', 60],
  ['60.', 60],
  ['', null],
  ['sixty', NaN],
  ['-5', NaN],
  ['1.000,5', NaN],
])('reads "%s" as %s', (text, number) => expect(readNumber(text)).toEqual(number))

it('puts an effort into words, a half step with the whole one below', () => {
  expect([1, 3, 6.5, 7.5, 8, 9.5, 10].map(effortWord)).toEqual([
    'veryEasy',
    'easy',
    'moderate',
    'threeLeft',
    'twoLeft',
    'oneLeft',
    'nothingLeft',
  ])
})
