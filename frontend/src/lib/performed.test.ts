import { expect, it } from 'vitest'
import { missingSets, tempoText, worst } from './performed'

it('judges a repetition by what was furthest off', () => {
  const green = { percent: 100, bucket: 'green' } as const
  const yellow = { percent: 70, bucket: 'yellow' } as const
  const red = { percent: 200, bucket: 'red' } as const
  expect(worst([green, null, yellow])).toBe('yellow')
  expect(worst([red, yellow])).toBe('red')
  expect(worst([null, null])).toBeNull()
})

it('names the sets that were left out', () => {
  expect(missingSets(3, 1)).toEqual([2, 3])
  expect(missingSets(3, 5)).toEqual([])
})

it('writes a tempo as it is asked for', () => {
  expect(tempoText({ down: 3, pause: 0.9, up: 1 }, (s) => s.toFixed(1))).toBe('3.0-0.9-1.0')
})
