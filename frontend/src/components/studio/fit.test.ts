import { describe, expect, it } from 'vitest'
import { fitOf } from './fit'

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
