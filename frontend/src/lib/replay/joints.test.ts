import { describe, expect, it } from 'vitest'
import type { Pose } from '@/pose/frame'
import { C, K, KEYPOINTS } from '@/pose/skeleton'
import { bestSeen, degreesAt, jointsNamed, keypointsNamed } from './joints'
import { squatFilm } from './testing'

/** A pose with these keypoints, all others unseen. */
function pose(places: Record<string, readonly [number, number]>, score = 1): Pose {
  const made = new Float32Array(K * C)
  for (const [name, [x, y]] of Object.entries(places)) made.set([x, y, score], KEYPOINTS.indexOf(name) * C)
  return made
}
const degrees = (name: string, at: Pose, aspect = 1): number | null => {
  const [joint] = jointsNamed(name)
  const found = joint ? degreesAt(at, joint, aspect) : null
  return found === null ? null : Math.round(found)
}

describe('degreesAt', () => {
  const right = pose({ left_hip: [0.5, 0.2], left_knee: [0.5, 0.5], left_ankle: [0.8, 0.5] })

  it('is the angle between the limbs', () => expect(degrees('knee', right)).toBe(90))

  it('is of the picture as it is, not of its square', () => {
    const bent = pose({ left_hip: [0.5, 0.2], left_knee: [0.5, 0.5], left_ankle: [0.65, 0.8] })
    expect(degrees('knee', bent, 2)).toBe(135)
  })

  it('is unknown where a point was not seen', () => {
    expect(degrees('knee', pose({ left_hip: [0.5, 0.2], left_knee: [0.5, 0.5] }))).toBeNull()
  })

  it('measures a lean from the vertical', () => {
    const shoulders = { left_shoulder: [0.7, 0.3], right_shoulder: [0.7, 0.3] } as const
    const leaning = pose({ ...shoulders, left_hip: [0.5, 0.5], right_hip: [0.5, 0.5] })
    expect(degrees('trunk', leaning)).toBe(45)
    expect(degrees('rise', leaning)).toBe(45)
  })

  it('measures a thigh from the horizontal, to either side', () => {
    const [left, right] = [0.2, 0.8].map((x) => pose({ left_hip: [x, 0.4], left_knee: [0.5, 0.5] }))
    expect([degrees('thigh', left), degrees('thigh', right)]).toEqual([18, 18])
  })

  it('measures how far the hips are off the line', () => {
    const straight = { left_shoulder: [0.2, 0.4], left_knee: [0.8, 0.4] } as const
    expect(degrees('hip_line', pose({ ...straight, left_hip: [0.5, 0.4] }))).toBe(0)
    expect(degrees('hip_line', pose({ ...straight, left_hip: [0.5, 0.5] }))).toBe(37)
  })
})

it('takes the side that is seen better', () => {
  const film = squatFilm([0, 1])
  for (const t of [0, 1]) film.poses[(t * K + KEYPOINTS.indexOf('left_knee')) * C + 2] = 0.1
  expect(bestSeen('knee', film)?.at).toEqual([KEYPOINTS.indexOf('right_knee')])
  expect(bestSeen('knee_gap', film)).toBeNull()
})

it('knows the keypoints of a joint, and none of the body', () => {
  expect(keypointsNamed('wrist')).toEqual([9, 10])
  expect(keypointsNamed('body')).toEqual([])
})
