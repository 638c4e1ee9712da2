import { describe, expect, it } from 'vitest'
import { HIPS } from '@/pose/skeleton'
import { anchorPair, boxOf, chained, fitted, normalised, placed } from './placement'
import { sceneOf, sceneOfBoth } from './scene'
import { downAndUp, squatFilm } from './testing'

const ANKLES = [15, 16]
const near = squatFilm(downAndUp(5))
/** The same movement, farther from the camera and at another place. */
const far = squatFilm(downAndUp(5), { scale: 0.5, dx: 40, dy: 30 })

describe('anchorPair', () => {
  it('is what stands still', () => expect(anchorPair(near)).toEqual(ANKLES))
  it('is nothing where nothing was seen', () => {
    expect(anchorPair(squatFilm([0, 1], { score: 20 }))).toBeNull()
  })
})

describe('normalised', () => {
  it('brings a body to the same place and size, wherever it was filmed', () => {
    const boxes = [near, far].map((film) => boxOf(film, normalised(film, ANKLES)))
    for (const side of ['left', 'top', 'right', 'bottom'] as const) {
      expect(boxes[0]?.[side]).toBeCloseTo(boxes[1]?.[side] ?? NaN, 1)
    }
  })

  it('puts the pair at the origin', () => {
    const [x, y] = placed([0.6, 0.79], normalised(far, ANKLES))
    expect(x).toBeCloseTo(0, 1)
    expect(y).toBeCloseTo(0, 1)
  })

  it('leaves what it cannot measure as it was filmed', () => {
    expect(normalised(squatFilm([0], { score: 0 }), HIPS)).toEqual({ scale: 1, dx: 0, dy: 0 })
  })
})

describe('fitted', () => {
  it('fills the canvas and keeps the middle in the middle', () => {
    const onto = fitted({ left: -1, top: 0, right: 1, bottom: 1 }, 400, 400)
    expect(placed([0, 0.5], onto)).toEqual([200, 200])
    expect(placed([1, 0.5], onto)).toEqual([400, 200])
  })
  it('goes on after another placement', () => {
    const both = chained({ scale: 2, dx: 1, dy: 0 }, { scale: 10, dx: 0, dy: 5 })
    expect(placed([1, 1], both)).toEqual([30, 25])
  })
})

describe('a scene', () => {
  it('of one film holds the whole body', () => {
    const { view } = sceneOf(near)
    expect(view.top).toBeLessThan(0.18)
    expect(view.bottom).toBeGreaterThan(0.98)
  })
  it('of an unseen film is its picture', () => {
    expect(sceneOf(squatFilm([0], { score: 0 })).view).toEqual({ left: 0, top: 0, right: 1, bottom: 1 })
  })
  it('of two repetitions shows both whole', () => {
    const beats = { start_ms: 0, turn_ms: 500, end_ms: 1000 }
    const shallow = squatFilm(downAndUp(5, 0.4), { scale: 0.5, dx: 40, dy: 30 })
    const { view, own, other } = sceneOfBoth({ film: shallow, beats }, { film: near, beats })
    const whole = boxOf(near, other ?? own)
    expect(view.left).toBeLessThanOrEqual(whole?.left ?? NaN)
    expect(view.bottom).toBeGreaterThanOrEqual(whole?.bottom ?? NaN)
  })
})
