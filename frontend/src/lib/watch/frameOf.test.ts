import { expect, it } from 'vitest'
import { Framing } from './frameOf'

const body = (top: number, bottom: number, score = 1) =>
  new Float32Array(51).map((_, i) => {
    if (i % 3 === 2) return score
    return i % 3 === 0 ? 0.4 + (i % 2) * 0.2 : Math.floor(i / 3) % 2 ? top : bottom
  })

it('shows all of the picture while nobody is seen', () => {
  const { left, right } = new Framing().see(body(0.2, 0.8, 0), 1.5, 0)
  expect(left).toBeLessThan(0)
  expect(right).toBeGreaterThan(1.5)
})

it('grows at once and shrinks calmly', () => {
  const framing = new Framing()
  const small = framing.see(body(0.4, 0.8), 1, 0)
  const grown = framing.see(body(0.1, 0.8), 1, 16)
  expect(grown.top).toBeLessThan(small.top - 0.25)
  const soon = framing.see(body(0.4, 0.8), 1, 100)
  expect(soon.top).toBeCloseTo(grown.top, 1)
  expect(framing.see(body(0.4, 0.8), 1, 120_000).top).toBeCloseTo(small.top, 2)
})
