// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest'
import { neighboursOf } from './shownOrder'

beforeEach(() => sessionStorage.clear())
const shown = (value: string): void => sessionStorage.setItem('posecoach.roster', value)

it('goes through the roster in the order in which it was shown', () => {
  shown('["a","b","c"]')
  expect(neighboursOf('b')).toEqual({ previous: 'a', next: 'c' })
  expect(neighboursOf('a')).toEqual({ previous: null, next: 'b' })
  expect(neighboursOf('c')).toEqual({ previous: 'b', next: null })
})

it.each(['', 'no json', '{"a": 1}', '["x"]', '[1, 2]'])('knows no neighbours where %o was kept', (value) => {
  shown(value)
  expect(neighboursOf('b')).toEqual({ previous: null, next: null })
})
