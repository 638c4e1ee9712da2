import { describe, expect, it } from 'vitest'
import { fitOf, pointIn } from './fit'

describe('fitOf', () => {
  const wide = { width: 1440, height: 900 }
  const tall = { width: 390, height: 844 }

  it('fills a wide screen with a wide picture', () => {
    expect(fitOf({ width: 640, height: 360 }, wide)).toBe('cover')
  })

  it('shows all of a wide picture on a tall screen, or the athlete is cut in half', () => {
    expect(fitOf({ width: 640, height: 480 }, tall)).toBe('contain')
  })

  it('fills a tall screen with a tall picture', () => {
    expect(fitOf({ width: 480, height: 854 }, tall)).toBe('cover')
  })

  it('waits with an unknown size', () => {
    expect(fitOf({ width: 0, height: 0 }, wide)).toBe('contain')
    expect(fitOf({ width: 640, height: 480 }, { width: 0, height: 0 })).toBe('contain')
  })
})

describe('pointIn', () => {
  const picture = { width: 640, height: 480 }

  it('finds a tap in a picture with bars above and below', () => {
    const stage = { width: 400, height: 800 }
    expect(pointIn(picture, stage, { x: 100, y: 400 }, false)).toEqual({ x: 0.25, y: 0.5 })
    expect(pointIn(picture, stage, { x: 100, y: 400 }, true)).toEqual({ x: 0.75, y: 0.5 })
    expect(pointIn(picture, stage, { x: 100, y: 100 }, false)).toBeNull()
  })

  it('finds a tap in a picture of which the edges are cut off', () => {
    const stage = { width: 480, height: 480 }
    expect(pointIn(picture, { width: 560, height: 480 }, { x: 0, y: 0 }, false)).toEqual({ x: 0.0625, y: 0 })
    expect(pointIn(picture, stage, { x: 240, y: 240 }, true)).toEqual({ x: 0.5, y: 0.5 })
  })

  it('is nowhere while the picture has no size', () => {
    expect(pointIn({ width: 0, height: 0 }, picture, { x: 10, y: 10 }, false)).toBeNull()
  })
})
