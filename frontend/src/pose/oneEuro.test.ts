import { describe, expect, it } from 'vitest'
import { emptyPose } from './frame'
import { PoseSmoother } from './oneEuro'

const pose = (x: number, score = 0.9) => {
  const made = emptyPose()
  made.set([x, 0.5, score])
  return made
}
const shake = (i: number) => (i % 2 ? 0.001 : -0.001)

describe('PoseSmoother', () => {
  it('takes a first pose as it is and never touches scores', () => {
    const smoother = new PoseSmoother()
    expect(smoother.smooth(pose(0.3), 0)).toEqual(pose(0.3))
    expect(smoother.smooth(pose(0.4, 0.2), 33)[2]).toBeCloseTo(0.2)
  })

  it('takes away most of a small shake', () => {
    const smoother = new PoseSmoother()
    const xs = Array.from({ length: 60 }, (_, i) => smoother.smooth(pose(0.5 + shake(i)), i * 33)[0])
    const spread = Math.max(...xs.slice(30)) - Math.min(...xs.slice(30))
    expect(spread).toBeLessThan(0.0014)
  })

  it('lags little behind a fast movement', () => {
    const smoother = new PoseSmoother()
    let x = 0
    for (let i = 0; i < 15; i++) x = smoother.smooth(pose(0.1 + i * 0.03), i * 33)[0]
    expect(0.1 + 14 * 0.03 - x).toBeLessThan(0.005)
  })

  it('begins anew when the time runs backwards', () => {
    const smoother = new PoseSmoother()
    smoother.smooth(pose(0.1), 1_000)
    expect(smoother.smooth(pose(0.9), 0)[0]).toBeCloseTo(0.9)
  })
})
