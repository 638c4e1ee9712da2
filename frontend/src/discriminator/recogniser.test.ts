import { describe, expect, it } from 'vitest'
import { track } from './features'
import { channels, sampled, statistics } from './postures'
import { recognise, recogniserOf, type RecogniserFile } from './recogniser'
import { readingOf } from './tempo'
import { GOLDEN } from './testing'

const SQUATS = GOLDEN[0].sequence
const D = 1225

const base64 = (values: Float32Array) => btoa(String.fromCharCode(...new Uint8Array(values.buffer)))
/** Two classes that know nothing but their bias. */
const file = (part: Partial<RecogniserFile> = {}): RecogniserFile => ({
  classes: ['squat', 'lunge'],
  mean: base64(new Float32Array(D)),
  spread: base64(new Float32Array(D).fill(1)),
  weights: base64(new Float32Array(2 * D)),
  bias: base64(Float32Array.of(0, Math.log(3))),
  temperature: 1,
  ...part,
})

/** A network that sees exercise from the 2nd to the 6th second, or nowhere. */
function reading(active: boolean) {
  const times = Float64Array.from({ length: 9 }, (_, i) => i + 0.5)
  const none = new Float64Array(9)
  const activity = times.map((t) => (active && t > 2 && t < 6 ? 5 : -5))
  return readingOf({
    rateHz: 1,
    times,
    samples: { values: new Float32Array(9), width: 1 },
    phases: { cos: none, sin: none, activity, logFrequency: none },
    logits: none,
  })
}

describe('recognise', () => {
  const ask = (part: Partial<RecogniserFile> = {}, active = true) =>
    recognise(track(SQUATS), 0.75, [reading(active)], recogniserOf(file(part)))

  it('makes probabilities of logits', () => {
    expect(ask().get('lunge')).toBeCloseTo(0.75)
    expect(ask().get('squat')).toBeCloseTo(0.25)
    expect(ask({ temperature: 1e6 }).get('squat')).toBeCloseTo(0.5)
  })

  it('weighs what the postures are like, in spreads from the mean and never more than five', () => {
    const weights = new Float32Array(2 * D).fill(1, 0, 1)
    const mean = new Float32Array(D).fill(-1000)
    const found = ask({ weights: base64(weights), mean: base64(mean), bias: base64(new Float32Array(2)) })
    expect(found.get('squat')).toBeCloseTo(1 / (1 + Math.exp(-5)))
  })

  it('has an answer where nobody exercised', () => {
    expect(ask({}, false).get('lunge')).toBeCloseTo(0.75)
  })

  it('refuses weights of another shape', () => {
    expect(() => recogniserOf(file({ weights: base64(new Float32Array(7)) }))).toThrow(
      `weights: expected 2 × ${D} values, got 7`,
    )
  })
})

describe('posture statistics', () => {
  const describeSet = (sequence = SQUATS) => statistics(channels(sampled(track(sequence), 0.75).poses))

  it('do not tell left from right', () => {
    const mirrored = SQUATS.poses.map((value, i, all) => (i % 3 === 0 ? 1 - value : all[i]))
    const found = describeSet({ ...SQUATS, poses: mirrored })
    const off = describeSet().map((value, i) => Math.abs(value - found[i]))
    expect(Math.max(...off)).toBeLessThan(1e-3)
  })

  it('are of one length, however short the set', () => {
    const moment = { ...SQUATS, tMs: SQUATS.tMs.subarray(0, 3), poses: SQUATS.poses.subarray(0, 3 * 51) }
    expect(describeSet(moment)).toHaveLength(D)
    expect(describeSet(moment).every(Number.isFinite)).toBe(true)
  })
})
