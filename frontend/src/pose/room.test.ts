import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { sigmoid, type Look } from './presence'
import { EMBEDDING_SIZE } from './presenceFacts'
import { FEWEST_LOOKS, roomProbability, teachRoom, TooFewLooks } from './room'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** A room in which the shipped head is wrong: a puppet makes it say "somebody" always. */
function looks(count: number, isThere: boolean, seed: number): Look[] {
  let state = seed
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647
  return Array.from({ length: count }, () => {
    const embedding = Float32Array.from({ length: EMBEDDING_SIZE }, () => random() - 4)
    if (isThere) for (let i = 10; i < 16; i++) embedding[i] += 1.5
    return { embedding, logit: 2, probability: sigmoid(2) }
  })
}

describe('teachRoom', () => {
  it('lets the loss fall and tells looks apart that it has not seen', async () => {
    const losses: number[] = []
    const before = tf.memory().numTensors
    const head = await teachRoom({ empty: looks(30, false, 1), person: looks(24, true, 2) }, (_, __, loss) =>
      losses.push(loss),
    )
    expect(losses[0]).toBeCloseTo((Math.log(1 + Math.exp(2)) + Math.log(1 + Math.exp(-2))) / 2, 4)
    expect(losses.at(-1)).toBeLessThan(losses[0] / 4)
    for (const look of looks(10, false, 3)) expect(roomProbability(head, look)).toBeLessThan(0.25)
    for (const look of looks(10, true, 4)) expect(roomProbability(head, look)).toBeGreaterThan(0.75)
    expect(head.rightBefore).toBeCloseTo(12 / 27)
    expect(head.right).toBeGreaterThan(0.85)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says how unsure it is where the two recordings show the same', async () => {
    const head = await teachRoom({ empty: looks(24, true, 1), person: looks(24, true, 2) }, () => undefined)
    expect(head.right).toBeLessThan(0.9)
  })

  it('refuses too few looks of either kind', async () => {
    const few = looks(FEWEST_LOOKS - 1, true, 1)
    const enough = looks(FEWEST_LOOKS, false, 1)
    await expect(teachRoom({ empty: enough, person: few }, () => undefined)).rejects.toThrow(TooFewLooks)
    await expect(teachRoom({ empty: few, person: enough }, () => undefined)).rejects.toThrow(TooFewLooks)
  })
})
