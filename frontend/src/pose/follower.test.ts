import { beforeEach, describe, expect, it } from 'vitest'
import { Follower, trust, uprightness, type Sight } from './follower'
import { emptyPose, type Pose } from './frame'
import { C, HIPS, K, SHOULDERS } from './skeleton'
import { wholeView, type TurnDeg, type View } from './view'

const size = { widthPx: 640, heightPx: 640 }

/** A body along this direction (down: standing), all keypoints this sure, in [0, 1] of the picture. */
function body(direction: 'down' | 'right' | 'left', score: number): Pose {
  const along = { down: [0, 0.2], right: [0.2, 0], left: [-0.2, 0] }[direction]
  const pose = emptyPose()
  for (let k = 0; k < K; k++) {
    const share = SHOULDERS.includes(k) ? -1 : HIPS.includes(k) ? 0 : k < SHOULDERS[0] ? -1.4 : 1.5
    pose.set([0.5 + share * along[0], 0.5 + share * along[1], score], k * C)
  }
  return pose
}
const sight = (pose: Pose, view: View): Sight => ({ pose, view })

describe('trust', () => {
  it.each([
    ['down', 0, 1],
    ['right', 0, 0],
    ['right', -90, 1],
    ['left', 90, 1],
    ['right', 90, -1],
  ] as const)(
    'knows how upright a body that points %s is in a view turned by %i°',
    (way, turnDeg, cosine) => {
      const seen = sight(body(way, 0.5), wholeView(size, turnDeg))
      expect(uprightness(seen, size)).toBeCloseTo(cosine)
      expect(trust(seen, size)).toBeCloseTo(0.5 + 0.3 * cosine)
    },
  )
})

describe('Follower', () => {
  let follower: Follower
  let looks: number
  beforeEach(() => {
    follower = new Follower({ turns: true })
    looks = 0
  })

  /** One picture of a scene in which the view's turn decides how sure the estimator is. */
  function watch(
    tMs: number,
    way: 'down' | 'right' | 'left',
    sure: Partial<Record<TurnDeg, number>>,
  ): TurnDeg {
    const see = (view: View) => {
      looks++
      return sight(body(way, sure[view.turnDeg] ?? 0.1), view)
    }
    const first = see(follower.look(size))
    const sights = [first, ...follower.doubts(first, size, tMs).map(see)]
    follower.settle(sights, size, tMs)
    return follower.look(size).turnDeg
  }

  it('looks once at each picture of somebody who stands', () => {
    for (let i = 0; i < 100; i++) expect(watch(i * 83, 'down', { 0: 0.75 })).toBe(0)
    expect(looks).toBe(100)
  })

  it('turns to a lying body in the first picture, and stays without further looks', () => {
    const lying = { 0: 0.4, [-90]: 0.9 } as const
    for (let i = 0; i < 50; i++) expect(watch(i * 83, 'right', lying)).toBe(-90)
    expect(looks).toBe(52)
  })

  it('turns back when the athlete gets up', () => {
    watch(0, 'left', { 90: 0.9 })
    expect(watch(83, 'left', { 90: 0.9 })).toBe(90)
    expect(watch(5_000, 'down', { 0: 0.9, 90: 0.3 })).toBe(0)
  })

  it('does not waver between views that are about as good', () => {
    watch(0, 'down', { 0: 0.5 })
    const turns = Array.from({ length: 40 }, (_, i) =>
      watch(83 + i * 83, 'down', { 0: 0.45, 90: 0.45 + 0.3 + (i % 2 ? 0.05 : 0) }),
    )
    expect(new Set(turns)).toEqual(new Set([0]))
  })

  it('asks ever more rarely while no view is better', () => {
    for (let i = 0; i < 100; i++) watch(i * 100, 'down', { 0: 0.2 })
    // Checks at 0, .5, 1.5, 3.5 and 7.5 s, two looks each.
    expect(looks).toBe(100 + 2 * 5)
  })

  it('asks sooner when the athlete is seen worse than before', () => {
    for (let i = 0; i < 80; i++) watch(i * 100, 'down', { 0: 0.5 })
    // The next check would come at 11.5 s; who lies now is found a quarter of the wait after the one at 7.5 s.
    const turns = Array.from({ length: 7 }, (_, i) => watch(8_000 + i * 100, 'right', { 0: 0.4, [-90]: 0.9 }))
    expect(turns).toEqual([0, 0, 0, 0, 0, -90, -90])
  })

  it('does not ask sooner at what the last checks have seen already', () => {
    // A squat: at its bottom half as sure as at its top, and no turn helps.
    for (let i = 0; i < 200; i++) watch(i * 100, 'down', { 0: i % 25 < 12 ? 0.4 : 0.2 })
    expect((looks - 200) / 2).toBeLessThanOrEqual(9)
  })

  it('never turns for an estimator that needs no turning', () => {
    follower = new Follower({ turns: false })
    expect(watch(0, 'right', { 0: 0.4, [-90]: 0.9 })).toBe(0)
    expect(looks).toBe(1)
  })

  it('begins anew when the picture changes its size', () => {
    watch(0, 'right', { [-90]: 0.9 })
    expect(follower.look(size).turnDeg).toBe(-90)
    expect(follower.look({ widthPx: 640, heightPx: 360 }).turnDeg).toBe(0)
  })
})
