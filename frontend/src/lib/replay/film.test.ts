import { describe, expect, it } from 'vitest'
import { during, endOf, filmOf, frameAt, poseAt, startOf, stepFrom } from './film'
import { squatFilm, storedSquat } from './testing'

const NOSE_X = 0
const HIP_Y = 11 * 3 + 1
const HIP_SCORE = 11 * 3 + 2

describe('filmOf', () => {
  it('reads places in 1/10000 and scores in 1/255', () => {
    const film = squatFilm([0])
    expect(film.poses[NOSE_X]).toBeCloseTo(0.4)
    expect(film.poses[HIP_Y]).toBeCloseTo(0.6)
    expect(film.poses[HIP_SCORE]).toBe(1)
    expect(film.aspect).toBe(1)
  })

  it('is nothing where nothing is stored', () => {
    const none = { width_px: null, height_px: null, estimator: null, t_ms: [], keypoints: [] }
    expect(filmOf(none)).toBeNull()
  })

  it.each([
    [{ keypoints: [1, 2, 3] }, 'keypoints: expected 102 numbers, got 3'],
    [{ t_ms: [0, 0] }, 't_ms[1]: expected more than 0, got 0'],
    [{ width_px: 0 }, 'width_px, height_px: expected sizes above 0, got 0 × 640'],
  ])('says what is wrong with a film', (change, message) => {
    expect(() => filmOf({ ...storedSquat([0, 1]), ...change })).toThrow(message)
  })
})

describe('a moment', () => {
  const film = squatFilm([0, 1, 0])

  it('shows the frame before it', () => {
    expect([-5, 0, 99, 100, 1e6].map((ms) => frameAt(film, ms))).toEqual([0, 0, 0, 1, 2])
  })

  it('lies between two frames', () => {
    expect(poseAt(film, 50)?.[HIP_Y]).toBeCloseTo(0.7)
    expect(poseAt(film, 100)?.[HIP_Y]).toBeCloseTo(0.8)
  })

  it('is held before the first frame and after the last', () => {
    expect(poseAt(film, -100)).toEqual(poseAt(film, 0))
    expect(poseAt(film, 900)).toEqual(poseAt(film, 200))
  })

  it('is not made up where a second is missing', () => {
    const torn = squatFilm([0, 1], { stepMs: 3000 })
    expect(poseAt(torn, 1500)).toBeNull()
    expect(poseAt(torn, 3000)).not.toBeNull()
  })

  it('moves by whole frames and stays within', () => {
    expect(stepFrom(film, 130, 1)).toBe(200)
    expect(stepFrom(film, 130, -1)).toBe(0)
    expect(stepFrom(film, 200, 1)).toBe(200)
  })
})

it('is cut to a stretch of time, both ends included', () => {
  const part = during(squatFilm([0, 0, 1, 0, 0]), 100, 300)
  expect([startOf(part), endOf(part), part.poses.length]).toEqual([100, 300, 3 * 51])
  expect(during(part, 5000, 6000).tMs).toHaveLength(0)
})
