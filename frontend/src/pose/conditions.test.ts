import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ConditionsMeter, meanLuma, type Conditions } from './conditions'

const pixels = (...rgb: number[]) => new Uint8ClampedArray([...rgb, 255])

describe('meanLuma', () => {
  it.each([
    [pixels(0, 0, 0), 0],
    [pixels(255, 255, 255), 1],
    [pixels(0, 255, 0), 0.7152],
    [new Uint8ClampedArray([...pixels(0, 0, 0), ...pixels(255, 255, 255)]), 0.5],
    [new Uint8ClampedArray(), 0],
  ])('of %o is %d', (rgba, luma) => expect(meanLuma(rgba)).toBeCloseTo(luma))
})

describe('ConditionsMeter', () => {
  const drawImage = vi.fn()
  beforeEach(() => {
    drawImage.mockReset()
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext = () => ({ drawImage, getImageData: () => ({ data: pixels(51, 51, 51) }) })
      },
    )
    return () => vi.unstubAllGlobals()
  })

  it.each([15, 30, 60])('counts the pictures of a camera of %d a second, and looks at few', (fps) => {
    const told: Conditions[] = []
    const meter = new ConditionsMeter((conditions) => told.push(conditions))
    for (let i = 0; i <= 5 * fps; i++) meter.see({} as HTMLVideoElement, (i * 1_000) / fps)
    expect(told).toHaveLength(2)
    expect(drawImage).toHaveBeenCalledTimes(2)
    for (const { fps: counted, luma } of told) {
      expect(counted).toBeCloseTo(fps, 0)
      expect(luma).toBeCloseTo(0.2)
    }
  })
})
