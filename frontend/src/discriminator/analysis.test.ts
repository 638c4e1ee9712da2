// @vitest-environment node
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { C, K } from '@/pose/skeleton'
import { analyze, type Analysis } from './analysis'
import { loadNetwork, type Network } from './network'
import { sample, track } from './features'
import type { Recogniser } from './recogniser'
import { sequenceOf, type Sequence } from './sequence'
import { readJson, shipped } from './shipped'
import { toldRep } from './told'
import { casesOf, farthest, GOLDEN, NETWORK, type GoldenAnswer } from './testing'

/** `tests/ml/test_browser_copy.py` hands over vectors of recorded sequences, which are not part of the project. */
const REAL = process.env.VECTORS
  ? casesOf(JSON.parse(readFileSync(process.env.VECTORS, 'utf8')) as Parameters<typeof casesOf>[0])
  : []

const NOTHING: Recogniser = {
  classes: [],
  mean: new Float32Array(),
  spread: new Float32Array(),
  weights: new Float32Array(),
  bias: new Float32Array(),
  temperature: 1,
}

/** As Python rounds it for the server. */
const spans = (found: readonly { startS: number; endS: number }[]) =>
  found.flatMap(({ startS, endS }) => [Math.round(1000 * Math.max(0, startS)), Math.round(1000 * endS)])

function expectAnswer(found: Analysis, answer: GoldenAnswer): void {
  expect(found.exercise).toBe(answer.exercise)
  expect(
    farthest(
      spans(found.reps),
      answer.reps.flatMap(([start, end]) => [start, end]),
    ),
  ).toBeLessThan(5)
  expect(found.attempts.map(({ reason }) => reason)).toEqual(answer.attempts.map(([, , reason]) => reason))
  const sure = found.reps.map(({ confidence }) => confidence)
  expect(
    farthest(
      sure,
      answer.reps.map(([, , confidence]) => confidence),
    ),
  ).toBeLessThan(2e-3)
  expect(Math.abs(found.confidence - answer.confidence)).toBeLessThan(1e-2)
  expectDescribed(found, answer)
  expect(found.holdS).toBe(answer.hold_s)
}

/** Turns in ms, ranges in degrees, tempo in s. */
function expectDescribed({ reps, attempts }: Analysis, answer: GoldenAnswer): void {
  const told = reps.map((rep, index) => toldRep(rep, index))
  const turns = answer.reps.map(([, , , turn]) => turn)
  const turned = told.map(({ turn_ms }) => turn_ms)
  expect(farthest(turned, turns)).toBeLessThan(2)
  const ranges = answer.reps.map(([, , , , range]) => range)
  const ranged = told.map(({ rom_deg }) => rom_deg)
  expect(ranged.map((range) => range === null)).toEqual(ranges.map((range) => range === null))
  const degrees = (values: (number | null)[]): number[] => values.map((value) => value ?? 0)
  expect(farthest(degrees(ranged), degrees(ranges))).toBeLessThan(0.2)
  const tempi = answer.reps.flatMap(([, , , , , down, pause, up]) => [down, pause, up])
  const timed = told.flatMap(({ tempo_s: { down, pause, up } }) => [down, pause, up])
  expect(farthest(timed, tempi)).toBeLessThan(0.01)
  const short = attempts.flatMap(({ romDeg, neededDeg }) => [romDeg ?? 0, neededDeg ?? 0])
  const right = answer.attempts.flatMap(([, , , rom, needed]) => [rom ?? 0, needed ?? 0])
  expect(farthest(short, right)).toBeLessThan(0.2)
}

/** Its first frames. */
const first = ({ tMs, poses, aspect }: Sequence, frames: number): Sequence => ({
  tMs: tMs.subarray(0, frames),
  poses: poses.subarray(0, frames * K * C),
  aspect,
})

describe('the shipped network', { timeout: 120_000 }, () => {
  let network: Network
  beforeAll(async () => void (network = await shipped()))

  const find = (index: number, options = {}): Analysis => analyze(GOLDEN[index].sequence, network, options)

  it('answers as Keras did and keeps no tensor', () => {
    const before = tf.memory().numTensors
    const { track, classes } = network.read(NETWORK.samples)
    expect(farthest(track, NETWORK.track)).toBeLessThan(1e-4)
    expect(farthest(classes, NETWORK.classes)).toBeLessThan(1e-4)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([...GOLDEN, ...REAL])(
    'finds in $name what Python finds',
    ({ sequence, answer, open, ...right }) => {
      expect(farthest(sample(track(sequence), right.rateHz), right.samples)).toBeLessThan(1e-4)
      const read = network.read(right.samples)
      expect(farthest(read.track, right.track)).toBeLessThan(1e-4)
      // Single precision is a share of the largest logit.
      const largest = Math.max(1, ...right.classes.map(Math.abs))
      expect(farthest(read.classes, right.classes)).toBeLessThan(1e-4 * largest)
      expectAnswer(analyze(sequence, network), answer)
      const begun = first(sequence, Math.floor((2 * sequence.tMs.length) / 3))
      expectAnswer(analyze(begun, network, { isOpen: true }), open)
    },
  )

  it('finds the same in a quick look around the rate of the full one', () => {
    const { reps, rateHz } = find(0)
    const quick = find(0, { near: (rate: number) => Math.abs(Math.log(rate / rateHz!)) < 0.6 })
    expect(quick.reps).toHaveLength(reps.length)
  })

  it('takes the exercise that the athlete chose', () => {
    expect(find(0, { exercise: 'lunge' }).exercise).toBe('lunge')
    expect(find(0, { exercise: 'plank' })).toMatchObject({ exercise: 'plank', reps: [] })
  })

  it('answers about an empty sequence', () => {
    expect(analyze(sequenceOf([], []), network)).toMatchObject({ exercise: null, reps: [], holdS: null })
  })
})

/** The same with the names of every object in order, as Python's `sort_keys` puts them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('the card of the network', () => {
  const card = readJson<Network['card']>('tfjs/card.json')

  it('is that of the weights on the server and of this skeleton', () => {
    const { version, classes } = readJson<Network['card']>('discriminator.json')
    expect(card).toMatchObject({ version, classes })
    const taught = readJson<Record<string, unknown>>('../skeleton.json')
    delete taught.estimators
    const text = JSON.stringify(sorted(taught))
    expect(card.skeleton_hash).toBe(createHash('sha256').update(text).digest('hex').slice(0, 12))
  })

  it('is refused where it was made for other features', async () => {
    const other = loadNetwork({ ...card, features_version: '0' }, {}, NOTHING)
    await expect(other).rejects.toThrow('features_version: expected 3, got 0')
  })
})
