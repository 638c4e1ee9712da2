import { describe, expect, it } from 'vitest'
import { sightOf } from './sight'

const whole = Array<number>(17).fill(0.9)
const without = (...hidden: number[]): number[] =>
  whole.map((score, index) => (hidden.includes(index) ? 0.1 : score))

describe('sightOf', () => {
  it('sees a whole body', () => expect(sightOf(whole)).toBe('whole'))

  it('sees nobody where four keypoints are left', () => {
    expect(sightOf(whole.map((score, index) => (index < 4 ? score : 0)))).toBe('nobody')
  })

  it('is content with one side: the other is hidden when seen from the side', () => {
    expect(sightOf(without(2, 4, 6, 8, 10, 12, 14, 16))).toBe('whole')
  })

  it.each([
    ['feet', [15, 16]],
    ['legs', [13, 14, 15, 16]],
    ['hips', [11, 12]],
    ['arms', [7, 8, 9, 10]],
    ['head', [0, 1, 2, 3, 4]],
  ] as const)('misses the %s', (part, hidden) => expect(sightOf(without(...hidden))).toBe(part))
})
