import catalogue from '@facts/exercises.py?raw'
import { describe, expect, it } from 'vitest'
import { between, figureOf, type Posture } from './figure'
import { DRAWINGS } from './postures'

const upright: Posture = {
  torso: -90,
  arms: [
    [90, 90],
    [90, 90],
  ],
  legs: [
    [90, 90],
    [90, 90],
  ],
  anchor: ['foot', 60, 100],
}

describe('figureOf', () => {
  it('stands on its anchor', () => {
    const { near, head } = figureOf(upright)
    expect(near.foot).toEqual([60, 100])
    expect(near.hip[0]).toBeCloseTo(60)
    expect(near.hip[1]).toBeCloseTo(56)
    expect(head[1]).toBeLessThan(near.shoulder[1])
  })

  it('seen from the front has the anchor in the middle', () => {
    const { near, far } = figureOf(upright, 9)
    expect((near.foot[0] + far.foot[0]) / 2).toBeCloseTo(60)
    expect(near.shoulder[0] - far.shoulder[0]).toBeCloseTo(18)
  })
})

it('walks from one posture to another', () => {
  const bent: Posture = { ...upright, torso: -30 }
  expect(between(upright, bent, 0).torso).toBe(-90)
  expect(between(upright, bent, 0.5).torso).toBe(-60)
})

it('draws every exercise of the catalogue', () => {
  const slugs = [...catalogue.matchAll(/ExerciseSpec\(\s*"(\w+)"/g)].map(([, slug]) => slug)
  expect(slugs.length).toBeGreaterThan(10)
  expect(Object.keys(DRAWINGS).sort()).toEqual(slugs.sort())
})
