import golden from '@facts/own_golden.json'
import { expect, it } from 'vitest'
import { figureOf } from './figure'
import { drawingOf } from './ownFigure'

const shown = (name: string) => {
  const found = golden.shown.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found.template
}

it('draws a squat as it was shown: down at the turn, on the same feet', () => {
  const drawing = drawingOf(shown('squat'))
  const [start, turn] = [figureOf(drawing.start), figureOf(drawing.turn)]
  expect(turn.near.hip[1]).toBeGreaterThan(start.near.hip[1] + 8)
  expect(turn.near.foot[1]).toBeCloseTo(start.near.foot[1])
  expect(drawing.lit).toBe('hip')
  expect(drawing.spread).toBeUndefined()
})

it('draws what was shown from the front with both shoulders', () => {
  const drawing = drawingOf(shown('press'))
  const [start, turn] = [figureOf(drawing.start, drawing.spread), figureOf(drawing.turn, drawing.spread)]
  expect(drawing.spread).toBeGreaterThan(4)
  expect(turn.near.hand[1]).toBeLessThan(start.near.hand[1] - 8)
})

it('turns every limb the short way', () => {
  for (const { template } of golden.shown) {
    const { start, via, turn } = drawingOf(template)
    for (const [before, after] of [
      [start, via],
      [via, turn],
    ] as const) {
      before?.arms.flat().forEach((deg, i) => {
        expect(Math.abs((after?.arms.flat()[i] ?? 0) - deg)).toBeLessThanOrEqual(180)
      })
    }
  }
})
