import { describe, expect, it } from 'vitest'
import type { Movement } from '@/lib/movement'
import { emptyPose, type Frame } from './frame'
import { jointAngle } from './jointAngle'
import { MOST, RangeMeter, type RangeReading } from './rangeMeter'
import { ANGLES, C, type AngleName } from './skeleton'

const SQUAT: Movement = { joint: 'knee', opens: false, alternates: false }
const FPS = 15

/** A frame in which this joint has this angle; the aspect is not 1, so that it matters. */
function frameAt(tMs: number, deg: number | null, name: AngleName = 'left_knee', score = 0.9): Frame {
  const frame = { tMs, pose: emptyPose(), widthPx: 1_280, heightPx: 720 }
  if (deg !== null) bend(frame, deg, name, score)
  return frame
}

function bend({ pose, widthPx, heightPx }: Frame, deg: number, name: AngleName, score: number): void {
  const place = (k: number, xPx: number, yPx: number) =>
    pose.set([xPx / widthPx, yPx / heightPx, score], k * C)
  const [a, b, c] = ANGLES[name]
  const radians = (deg * Math.PI) / 180
  place(b, 600, 400)
  place(a, 600, 250)
  place(c, 600 + 150 * Math.sin(radians), 400 - 150 * Math.cos(radians))
}

/** Squats down to `turnDeg` and up again, one in two seconds. */
function squats(meter: RangeMeter, turns: number[], startMs = 0): RangeReading[] {
  const readings: RangeReading[] = []
  turns.forEach((turnDeg, n) => {
    for (let i = 0; i < 2 * FPS; i++) {
      const depth = (1 - Math.cos((Math.PI * i) / FPS)) / 2
      const tMs = startMs + 2_000 * n + (1_000 * i) / FPS
      const reading = meter.push(frameAt(tMs, 170 - depth * (170 - turnDeg)))
      if (reading) readings.push(reading)
    }
  })
  return readings
}

const highest = (readings: RangeReading[]) => Math.max(...readings.map(({ share }) => share))

/** A meter that has seen three squats to 90° counted. */
function calibrated(): RangeMeter {
  const meter = new RangeMeter(SQUAT)
  for (let n = 0; n < 3; n++) {
    squats(meter, [90], 2_000 * n)
    meter.count(1)
  }
  return meter
}

describe('jointAngle', () => {
  it('measures in pixels, not in shares of the picture', () => {
    expect(jointAngle(frameAt(0, 90), 'left_knee')?.deg).toBeCloseTo(90, 3)
    expect(jointAngle(frameAt(0, 135), 'left_knee')?.deg).toBeCloseTo(135, 3)
  })

  it('says nothing of a joint that is not seen', () => {
    expect(jointAngle(frameAt(0, 90, 'left_knee', 0.2), 'left_knee')).toBeNull()
    expect(jointAngle(frameAt(0, 90), 'right_knee')).toBeNull()
  })
})

describe('RangeMeter', () => {
  it('fills with the movement and empties with it', () => {
    const readings = squats(calibrated(), [90], 6_000)
    const shares = readings.map(({ share }) => share)
    expect(shares[0]).toBeLessThan(0.1)
    expect(highest(readings)).toBeGreaterThan(0.9)
    expect(shares.at(-1)).toBeLessThan(0.2)
    const turn = shares.indexOf(Math.max(...shares))
    // At most two frames behind the body.
    expect(turn - FPS).toBeLessThanOrEqual(2)
  })

  it('shows half a squat as about half, short of the mark', () => {
    const readings = squats(calibrated(), [130], 6_000)
    expect(highest(readings)).toBeGreaterThan(0.4)
    expect(highest(readings)).toBeLessThan(0.6)
    expect(readings.some(({ isReached }) => isReached)).toBe(false)
  })

  it('has its mark where repetitions have counted, the shallowest of them', () => {
    const meter = calibrated()
    squats(meter, [106], 6_000)
    meter.count(1)
    const readings = squats(meter, [100], 8_000)
    expect(readings[0].mark).toBeGreaterThan(0.7)
    expect(readings[0].mark).toBeLessThan(0.9)
    expect(readings.some(({ isReached }) => isReached)).toBe(true)
  })

  it('reaches the mark once in a movement, however the angle shakes there', () => {
    const meter = calibrated()
    const mark = squats(meter, [90], 6_000)[0].mark as number
    const atMark = 170 - mark * 80
    const reached: boolean[] = []
    for (let i = 0; i < 40; i++) {
      const deg = i < 10 ? 170 - i * 9 : atMark + (i % 2 ? 4 : -6)
      reached.push(meter.push(frameAt(8_000 + 66 * i, deg))?.isReached ?? false)
    }
    const changes = reached.filter((now, i) => i > 0 && now !== reached[i - 1])
    expect(changes).toHaveLength(1)
  })

  it('has no mark before anything has counted, and still moves', () => {
    const readings = squats(new RangeMeter(SQUAT), [90, 90])
    expect(readings.every(({ mark, isReached }) => mark === null && !isReached)).toBe(true)
    expect(highest(readings)).toBeGreaterThan(0.9)
  })

  it('does not take a shake while standing for a range', () => {
    const meter = new RangeMeter(SQUAT)
    for (let i = 0; i < 60; i++) meter.push(frameAt(66 * i, 168 + (i % 2 ? 3 : -3)))
    expect(meter.push(frameAt(4_000, 168))?.share).toBeLessThan(0.2)
  })

  it('begins with the range of an earlier set', () => {
    const own = calibrated().own
    expect(highest(squats(new RangeMeter(SQUAT, own), [90]))).toBeGreaterThan(0.9)
    expect(highest(squats(new RangeMeter(SQUAT, own), [130]))).toBeLessThan(0.6)
  })

  it('keeps still for a moment when the joint is lost, and then shows nothing', () => {
    const meter = calibrated()
    squats(meter, [90], 6_000)
    expect(meter.push(frameAt(8_100, null))).not.toBeNull()
    expect(meter.push(frameAt(8_700, null))).toBeNull()
    expect(meter.push(frameAt(8_800, 168))).not.toBeNull()
  })

  it('is not moved by one wrong frame', () => {
    const meter = calibrated()
    for (let i = 0; i < 10; i++) meter.push(frameAt(6_000 + 66 * i, 168))
    expect(meter.push(frameAt(6_700, 40))?.share).toBeLessThan(0.1)
    expect(meter.push(frameAt(6_766, 168))?.share).toBeLessThan(0.1)
  })

  it('times the last repetition: to the turn, there, and back', () => {
    const meter = calibrated()
    const degAt = (s: number) => 170 - 80 * (s < 2 ? s / 2 : s < 3 ? 1 : Math.max(0, 4 - s))
    for (let i = 0; i < 5 * FPS; i++) meter.push(frameAt(6_000 + (1_000 * i) / FPS, degAt(i / FPS)))
    const before = meter.tempo
    meter.count(1)
    expect(before?.down).toBeLessThan(1)
    // What lies beyond 85 % of the way belongs to the turn.
    expect(meter.tempo?.down).toBeGreaterThan(1.2)
    expect(meter.tempo?.down).toBeLessThan(1.9)
    expect(meter.tempo?.pause).toBeGreaterThan(1.1)
    expect(meter.tempo?.pause).toBeLessThan(1.8)
    expect(meter.tempo?.up).toBeGreaterThan(0.5)
    expect(meter.tempo?.up).toBeLessThan(1)
  })

  it('has no tempo before anything has counted', () => {
    const meter = new RangeMeter(SQUAT)
    squats(meter, [90])
    expect(meter.tempo).toBeNull()
  })

  it('never leaves the scale', () => {
    const readings = squats(calibrated(), [20], 6_000)
    expect(highest(readings)).toBe(MOST)
  })

  it('fills as a joint opens where the exercise opens it', () => {
    const meter = new RangeMeter({ joint: 'shoulder', opens: true, alternates: false })
    for (let i = 0; i < 15; i++) meter.push(frameAt(66 * i, 20, 'left_shoulder'))
    const shares = Array.from({ length: 20 }, (_, i) => {
      return meter.push(frameAt(1_000 + 66 * i, 20 + 5 * i, 'left_shoulder'))?.share ?? 0
    })
    expect(shares.at(-1)).toBeGreaterThan(shares[2])
    expect(shares.at(-1)).toBeGreaterThan(0.9)
  })

  it('follows the leg that moves where the other seems to stand still', () => {
    const meter = new RangeMeter(SQUAT)
    const both = (tMs: number, left: number, right: number) => {
      const frame = frameAt(tMs, left)
      bend(frame, right, 'right_knee', 0.8)
      return meter.push(frame)
    }
    for (let i = 0; i < 30; i++) both(66 * i, 172, 130 + 40 * Math.cos(i / 5))
    expect(both(2_046, 172, 90)?.deg).toBeGreaterThan(40)
  })

  it('does not believe the movement of a leg that is hardly seen', () => {
    const meter = new RangeMeter(SQUAT)
    let deg = 0
    for (let i = 0; i < 30; i++) {
      const frame = frameAt(66 * i, 172)
      bend(frame, 130 + 40 * Math.cos(i / 5), 'right_knee', 0.35)
      deg = Math.max(deg, meter.push(frame)?.deg ?? 0)
    }
    expect(deg).toBeLessThan(5)
  })

  it('keeps up where pictures come seldom', () => {
    const meter = new RangeMeter(SQUAT)
    const degAt = (s: number) => 130 + 40 * Math.cos(Math.PI * s)
    let share = 0
    for (let i = 0; i <= 12; i++) share = meter.push(frameAt(250 * i, degAt(i / 4)))?.share ?? 0
    expect(share).toBeGreaterThan(0.9)
  })

  it('follows the limb that moves where left and right take turns', () => {
    const meter = new RangeMeter({ joint: 'hip', opens: false, alternates: true })
    const deg = (left: number, right: number, tMs: number) => {
      const frame = frameAt(tMs, left, 'left_hip')
      bend(frame, right, 'right_hip', 0.9)
      return meter.push(frame)?.deg ?? 0
    }
    for (let i = 0; i < 10; i++) deg(170, 170, 66 * i)
    for (let i = 0; i < 10; i++) deg(100, 170, 700 + 66 * i)
    expect(deg(100, 170, 1_400)).toBeGreaterThan(60)
  })
})
