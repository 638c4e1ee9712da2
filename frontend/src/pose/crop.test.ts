import { describe, expect, it } from 'vitest'
import { nextCrop } from './crop'
import { emptyPose, type Pose } from './frame'
import { C, HIPS, K, SHOULDERS } from './skeleton'
import { wholeView, type View } from './view'

const size = { widthPx: 640, heightPx: 360 }
const whole = wholeView(size)

/** Somebody who stands with the hips at (x, y) px and is `tall` px. */
function person(x: number, y: number, tall: number, score = 0.9): Pose {
  const pose = emptyPose()
  for (let k = 0; k < K; k++) {
    const above = k < SHOULDERS[0] ? 0.5 : SHOULDERS.includes(k) ? 0.3 : HIPS.includes(k) ? 0 : -0.5
    pose.set([x / size.widthPx, (y - above * tall) / size.heightPx, score], k * C)
  }
  return pose
}
const after = (pose: Pose, view: View = whole): View => nextCrop({ pose, view }, size)

describe('nextCrop', () => {
  it('lies around the hips, large enough for all of the body to move', () => {
    const view = after(person(400, 180, 100))
    // The head is 50 px away: 1.2 of that each way and a quarter more; the shoulders at 30 px ask for less.
    const needed = 2 * 50 * 1.2 * 1.25
    expect(view.sidePx).toBeGreaterThanOrEqual(needed)
    expect(view.sidePx).toBeLessThan(needed / 0.85)
    expect(Math.abs(view.centreX - 400)).toBeLessThanOrEqual(view.sidePx / 32)
    expect(Math.abs(view.centreY - 180)).toBeLessThanOrEqual(view.sidePx / 32)
  })

  it('keeps the turn', () => {
    expect(after(person(400, 180, 100), { ...whole, turnDeg: 90 }).turnDeg).toBe(90)
  })

  it.each([
    ['somebody fills the picture', person(320, 180, 340)],
    ['no trunk is seen', person(400, 180, 100, 0.2)],
  ])('is the whole picture when %s', (_, pose) => expect(after(pose)).toEqual(whole))

  it('stands still while the athlete moves a little', () => {
    const view = after(person(400, 180, 100))
    expect(after(person(408, 176, 92), view)).toBe(view)
    expect(after(person(392, 184, 108), view)).toBe(view)
  })

  it.each([
    ['walks away', person(440, 180, 100), 440],
    ['comes near', person(400, 180, 150), 400],
    ['goes far off', person(400, 180, 60), 400],
  ])('follows when the athlete %s', (_, pose, centreX) => {
    const before = after(person(400, 180, 100))
    const view = after(pose, before)
    expect(view).not.toBe(before)
    expect(Math.abs(view.centreX - centreX)).toBeLessThanOrEqual(view.sidePx / 32)
  })

  it('is the same for poses that differ by a hair', () => {
    expect(after(person(400.2, 180.1, 100.1))).toEqual(after(person(400, 180, 100)))
  })
})
