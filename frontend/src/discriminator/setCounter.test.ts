// @vitest-environment node
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'
import type { Network } from './network'
import { SetCounter, type SetCount } from './setCounter'
import { shipped } from './shipped'
import { GOLDEN } from './testing'

const SQUATS = GOLDEN[0].sequence
const COUNT = GOLDEN[0].answer.reps.length

/** Three squats, once or again and again, as frames of a camera. */
function* squats(times = 1): Generator<Frame> {
  const lastMs = SQUATS.tMs[SQUATS.tMs.length - 1] + 83
  for (let round = 0; round < times; round++) {
    for (const [i, tMs] of SQUATS.tMs.entries()) {
      const pose = SQUATS.poses.slice(i * K * C, (i + 1) * K * C)
      yield { tMs: round * lastMs + tMs, pose, widthPx: 480, heightPx: 640 }
    }
  }
}

describe('SetCounter', { timeout: 120_000 }, () => {
  let network: Network
  let read: ReturnType<typeof vi.fn<Network['read']>>
  /** Time of the day moves with the frames; a look costs what the test says. */
  let nowMs = 0
  let costMs = 0
  let counter: SetCounter

  beforeAll(async () => void (network = await shipped()))
  beforeEach(() => {
    nowMs = costMs = 0
    read = vi.fn<Network['read']>((samples) => {
      nowMs += costMs
      return network.read(samples)
    })
    counter = new SetCounter(
      () => ({ ...network, read }),
      () => nowMs,
    )
    counter.start(null)
  })

  function feed(frames: Iterable<Frame>): SetCount[] {
    const counts: SetCount[] = []
    for (const frame of frames) {
      nowMs = Math.max(nowMs, frame.tMs)
      const count = counter.push(frame)
      if (count) counts.push(count)
    }
    return counts
  }

  it('counts while the set goes on, and as Python does once it is finished', () => {
    const counts = feed(squats())
    const live = counts.map(({ rep_count }) => rep_count)
    expect(live[0]).toBe(0)
    expect(Math.max(...live)).toBeGreaterThanOrEqual(COUNT - 1)
    for (const { findings, rep_count } of counts) {
      expect(findings.every(({ rep }) => rep !== null && rep < rep_count)).toBe(true)
    }
    expect(counter.finish()).toMatchObject({ rep_count: COUNT, exercise: 'squat', hold_s: null })
  })

  it('looks every now and then, not at every frame', () => {
    const looks = feed(squats()).length
    const seconds = nowMs / 1000
    expect(looks).toBeGreaterThan(seconds / 2)
    expect(looks).toBeLessThanOrEqual(seconds / 0.25)
  })

  it('rests four times as long as a look took, so that a slow device is not held up', () => {
    costMs = 100
    const counts = feed(squats())
    const looked = read.mock.calls.length * costMs
    expect(counts.length).toBeGreaterThan(0)
    expect(looked).toBeLessThan(0.35 * nowMs)
  })

  it('keeps what it counted once the beginning is out of reach', () => {
    const many = 8
    costMs = 50
    const counts = feed(squats(many))
    expect(nowMs).toBeGreaterThan(60_000)
    expect(counts.at(-1)!.rep_count).toBeGreaterThanOrEqual(COUNT * many - 1)
    // The moment at which a film begins anew may pass for one more, until the set is read as a whole.
    expect(counts.at(-1)!.rep_count).toBeLessThanOrEqual(COUNT * many + 1)
  })

  it('never takes a count back between two full looks', () => {
    const shown = feed(squats()).map(({ rep_count }) => rep_count)
    const falls = shown.filter((count, i) => count < (shown[i - 1] ?? 0))
    expect(falls).toHaveLength(0)
  })

  it('begins the next set at nought', () => {
    feed(squats())
    counter.start('lunge')
    expect(counter.finish()).toMatchObject({ rep_count: 0, exercise: 'lunge' })
  })

  it('says nothing without a network, and all of it once the network is there', () => {
    let there: Network | null = null
    const late = new SetCounter(
      () => there,
      () => nowMs,
    )
    late.start('squat')
    for (const frame of squats()) {
      nowMs = frame.tMs
      expect(late.push(frame)).toBeNull()
    }
    there = network
    expect(late.finish()?.rep_count).toBe(COUNT)
  })

  it('keeps no tensor', () => {
    const before = tf.memory().numTensors
    feed(squats())
    expect(tf.memory().numTensors).toBe(before)
  })
})
