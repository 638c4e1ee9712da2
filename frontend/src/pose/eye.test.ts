import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Detector } from './detector'
import { Eye } from './eye'
import { emptyPose } from './frame'
import { C, HIPS, SHOULDERS } from './skeleton'

/** A canvas that remembers how it was turned. */
class FakeCanvas {
  matrix: number[] = []
  getContext() {
    return {
      setTransform: (...matrix: number[]) => (this.matrix = matrix),
      clearRect: () => undefined,
      drawImage: () => undefined,
    }
  }
}

/** Sure of a body that lies with the head to the left, once the head is turned up; stands in the square then. */
class FakeDetector implements Detector {
  readonly estimator = 'posenet_mobilenet_075'
  readonly sidePx = 257
  dispose = vi.fn()
  estimate = vi.fn((square: unknown) => {
    const [, b] = (square as FakeCanvas).matrix
    const pose = emptyPose()
    const isHeadUp = b > 0
    for (let i = 2; i < pose.length; i += C) pose[i] = isHeadUp ? 0.9 : 0.4
    for (const k of SHOULDERS) pose.set([0.5, 0.3], k * C)
    for (const k of HIPS) pose.set(isHeadUp ? [0.5, 0.6] : [0.8, 0.3], k * C)
    return Promise.resolve(pose)
  })
}

describe('Eye', () => {
  const image = { width: 100, height: 100 } as ImageBitmap
  let detector: FakeDetector
  beforeEach(() => {
    vi.stubGlobal('OffscreenCanvas', FakeCanvas)
    detector = new FakeDetector()
  })
  afterEach(() => void vi.unstubAllGlobals())
  const eye = (turns: boolean) => new Eye({ detector, turns, onProcessor: true })

  it('turns its head for a lying body and answers in the upright picture', async () => {
    const pose = await eye(true).find(image, 0)
    expect(detector.estimate).toHaveBeenCalledTimes(3)
    const at = (k: number) => [pose[k * C], pose[k * C + 1]].map((value) => Math.round(value * 100))
    expect(at(SHOULDERS[0])).toEqual([30, 50])
    expect(at(HIPS[0])).toEqual([60, 50])
    expect(pose[HIPS[0] * C + 2]).toBeCloseTo(0.9)
  })

  it('keeps its head turned, until it begins afresh', async () => {
    const looking = eye(true)
    await looking.find(image, 0)
    await looking.find(image, 83)
    expect(detector.estimate).toHaveBeenCalledTimes(4)
    looking.afresh()
    await looking.find(image, 0)
    expect(detector.estimate).toHaveBeenCalledTimes(7)
  })

  it('looks once where the detector needs no turning', async () => {
    await eye(false).find(image, 0)
    expect(detector.estimate).toHaveBeenCalledTimes(1)
  })

  it('clamps what is seen beyond the picture to its edge', async () => {
    detector.estimate.mockResolvedValue(emptyPose().fill(1.5))
    const pose = await eye(false).find(image, 0)
    expect(pose[0]).toBe(1)
  })
})
