import { describe, expect, it } from 'vitest'
import { figureOf, type Figure } from './figure'
import { isFar, moves, postureAt, repMs, shareAt } from './motion'
import { DRAWINGS, FLOOR_Y } from './postures'

const drawings = Object.entries(DRAWINGS)
const STEPS = 40
/** Of the 120 units of a picture: thickness of a line. */
const SOLE = 4

function figuresOf(slug: string): Figure[] {
  const drawing = DRAWINGS[slug]!
  const every = repMs(drawing) / STEPS
  return Array.from({ length: 2 * STEPS }, (_, i) => figureOf(postureAt(drawing, i * every), drawing.spread))
}
const pointsOf = ({ near, far, head }: Figure) => [...Object.values(near), ...Object.values(far), head]

it('goes from the start to the turn and back, with a rest at both', () => {
  expect([0, 0.5, 0.99].map(shareAt)).toEqual([0, 1, 0])
  expect(shareAt(0.25)).toBeCloseTo(0.5)
  expect(shareAt(0.1)).toBeLessThan(shareAt(0.2))
})

it('takes turns where the exercise does', () => {
  const knees = DRAWINGS.high_knees!
  const [first, second] = [0.5, 1.5].map((reps) => postureAt(knees, reps * repMs(knees)))
  expect(first!.legs).toEqual(knees.turn.legs)
  expect(second!.legs).toEqual([...knees.turn.legs].reverse())
  expect([0.5, 1.5].map((reps) => isFar(knees, reps * repMs(knees)))).toEqual([false, true])
  expect(isFar(DRAWINGS.squat!, 1.5 * repMs(DRAWINGS.squat!))).toBe(false)
})

it('passes where the drawing says', () => {
  const horse = DRAWINGS.pommel_horse!
  const middle = postureAt(horse, repMs(horse) / 4)
  expect(middle.reach).toBeCloseTo(horse.via!.reach!)
  expect(middle.legs[0][0]).toBeCloseTo(90)
})

it('knows a hold', () => {
  expect(drawings.filter(([, drawing]) => !moves(drawing)).map(([slug]) => slug)).toEqual(['plank'])
})

describe.each(drawings.map(([slug]) => slug))('%s', (slug) => {
  it('stays in its picture and above the floor', () => {
    for (const [x, y] of figuresOf(slug).flatMap(pointsOf)) {
      expect(x).toBeGreaterThan(4)
      expect(x).toBeLessThan(116)
      expect(y).toBeGreaterThan(4)
      expect(y).toBeLessThan(DRAWINGS[slug]!.floor === false ? 116 : FLOOR_Y + SOLE)
    }
  })

  it('moves smoothly', () => {
    const figures = figuresOf(slug)
    // Where left and right change places the near and the far limb do, too: both are one figure.
    const joints = figures.map(({ near, far }) => [near.knee[0] + far.knee[0], near.hand[0] + far.hand[0]])
    joints.slice(1).forEach((now, i) => {
      now.forEach((value, j) => expect(Math.abs(value - joints[i]![j]!)).toBeLessThan(14))
    })
  })
})
