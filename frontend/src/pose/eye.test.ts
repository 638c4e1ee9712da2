import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Detector } from './detector'
import { Eye } from './eye'
import { emptyPose, type Pose } from './frame'
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

  describe('among several people', () => {
    /** Somebody who stands with the hips at x of the square. */
    const stander = (x: number) => {
      const pose = emptyPose()
      for (let k = 0; k < pose.length / C; k++) {
        const y = k < SHOULDERS[0] ? 0.25 : SHOULDERS.includes(k) ? 0.35 : HIPS.includes(k) ? 0.5 : 0.8
        pose.set([x + (k % 2 ? 0.05 : -0.05), y, 0.9], k * C)
      }
      return pose
    }
    const xOf = (pose: Pose) => +((pose[HIPS[0] * C] + pose[HIPS[1] * C]) / 2).toFixed(2)
    /** Where people stand; the one seen best comes first. */
    let people: number[]
    const estimateAll = vi.fn()
    beforeEach(() => {
      people = [0.3]
      estimateAll.mockReset().mockImplementation(() => Promise.resolve(people.map(stander)))
      detector.estimate.mockImplementation(() => Promise.resolve(stander(people[0])))
    })
    const several = () => new Eye({ detector: Object.assign(detector, { estimateAll }), ...options })
    const options = { turns: true, onProcessor: true, several: true }
    /** So many pictures at 12 a second. */
    async function watch(looking: Eye, frames: number, fromMs = 0): Promise<number[]> {
      const seen: number[] = []
      for (let i = 0; i < frames; i++) seen.push(xOf(await looking.find(image, fromMs + i * 83)))
      return seen
    }

    it('costs next to nothing for one person alone', async () => {
      const seen = await watch(several(), 240)
      expect(new Set(seen)).toEqual(new Set([0.3]))
      expect(detector.estimate).toHaveBeenCalledTimes(240)
      expect(estimateAll.mock.calls.length).toBeLessThanOrEqual(6)
    })

    it('keeps to the athlete when the detector sees somebody else better', async () => {
      const looking = several()
      await watch(looking, 20)
      people = [0.8, 0.3]
      expect(new Set(await watch(looking, 60, 20 * 83))).toEqual(new Set([0.3]))
      expect(looking.others.map(xOf)).toEqual([0.8])
    })

    it('goes with a leap that leaves nobody behind', async () => {
      const looking = several()
      await watch(looking, 20)
      people = [0.8]
      expect(await watch(looking, 1, 20 * 83)).toEqual([0.8])
    })

    it.each([
      [{ x: 0.78, y: 0.5 }, 0.8],
      ['next', 0.8],
    ] as const)('follows whom it is told to: %j', async (choice, x) => {
      people = [0.3, 0.8]
      const looking = several()
      await watch(looking, 5)
      looking.follow(choice)
      expect(new Set(await watch(looking, 20, 5 * 83))).toEqual(new Set([x]))
    })

    it('never looks for others when told not to', async () => {
      people = [0.3, 0.8]
      const looking = new Eye({
        detector: Object.assign(detector, { estimateAll }),
        ...options,
        several: false,
      })
      await watch(looking, 60)
      expect(estimateAll).not.toHaveBeenCalled()
    })

    it('does not turn its head back for somebody who stands beside a lying athlete', async () => {
      people = [0.8]
      const lies = stander(0.3).map((value, i) => (i % C === 2 ? 0.5 : value))
      const looking = several()
      detector.estimate.mockResolvedValue(lies)
      estimateAll.mockImplementation((square: unknown) => {
        const isUpright = (square as FakeCanvas).matrix[1] === 0
        return Promise.resolve(isUpright ? [lies, stander(0.8)] : [lies])
      })
      for (let i = 0; i < 60; i++) {
        const pose = await looking.find(image, i * 83)
        expect(pose[HIPS[0] * C + 2]).toBeLessThan(0.6)
      }
      expect(looking.others).toHaveLength(1)
    })

    it('finds everybody in one picture', async () => {
      people = [0.3, 0.8, 0.305]
      expect((await several().findAll(image)).map(xOf)).toEqual([0.3, 0.8])
    })

    it('begins anew when the phone is turned', async () => {
      people = [0.3, 0.8]
      const looking = several()
      await watch(looking, 5)
      people = [0.5]
      const turned = { width: 60, height: 100 } as ImageBitmap
      await looking.find(turned, 500)
      expect(looking.others).toEqual([])
    })
  })
})
