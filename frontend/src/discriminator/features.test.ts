import { describe, expect, it } from 'vitest'
import { K } from '@/pose/skeleton'
import { angleDeg, sample, track, trunkSlopeDeg, visible } from './features'
import { integral, lerp } from './interpolate'
import { sequenceOf } from './sequence'
import { farthest, GOLDEN } from './testing'

const mean = (values: Float64Array) => values.reduce((total, value) => total + value, 0) / values.length

describe.each(GOLDEN)('features of $name', ({ sequence, ...right }) => {
  it('are those of Python', () => {
    const source = track(sequence)
    expect(Array.from(visible(sequence))).toEqual(right.visible)
    expect(farthest(sample(source, right.rateHz), right.samples)).toBeLessThan(1e-5)
    expect(mean(trunkSlopeDeg(source.points, sequence.aspect ?? 1))).toBeCloseTo(right.slopeDeg, 3)
  })
})

describe('features', () => {
  it('give an empty sequence no samples', () => {
    const source = track(sequenceOf([], []))
    expect(sample(source, 5)).toHaveLength(0)
  })

  it('take a right angle for 90° in a wide picture', () => {
    const points = new Float32Array(2 * K)
    points.set([0.5, 0.2], 2 * 5)
    points.set([0.5, 0.4], 2 * 7)
    points.set([0.6, 0.4], 2 * 9)
    expect(angleDeg(points, 'left_elbow', 2)[0]).toBeCloseTo(90, 4)
  })

  it('interpolate between frames and hold the ends', () => {
    const at = Float64Array.of(0, 1.5, 9)
    expect(Array.from(lerp(Float64Array.of(1, 2), Float32Array.of(0, 2), 1, at))).toEqual([0, 1, 2])
  })

  it('integrate uneven steps exactly, beyond the ends too', () => {
    const ramp = integral(Float64Array.of(0, 1, 4), Float32Array.of(0, 1, 4), 1, [-1, 0, 2, 4, 5])
    expect(Array.from(ramp)).toEqual([0, 0, 2, 8, 12])
  })

  it('refuse a sequence whose times stand still', () => {
    expect(() => sequenceOf([0, 0], new Float32Array(2 * K * 3))).toThrow(
      't_ms[1]: expected later than 0, got 0',
    )
  })
})
