import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '@facts/weights/presence/golden.json'
import shipped from '@facts/weights/presence/head.json'
import { PresenceHead, type HeadFile } from './presence'
import { EMBEDDING_SIZE } from './presenceFacts'

const head = shipped as unknown as HeadFile
const SIDE = 16
const KINDS = 80

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** As models/presence_training.py makes it. */
const logits = () =>
  tf.tensor4d(
    Float32Array.from({ length: SIDE * SIDE * KINDS }, (_, i) => 4 * Math.sin(0.37 * i) - 3),
    [1, SIDE, SIDE, KINDS],
  )

describe('PresenceHead', () => {
  it('answers as the network that was taught', () => {
    const numbers = tf.tidy(() => new PresenceHead(head).read(logits()).dataSync())
    expect(numbers).toHaveLength(EMBEDDING_SIZE + 1)
    expect(Math.abs(numbers[EMBEDDING_SIZE] - golden.logit)).toBeLessThan(1e-4)
  })

  it('describes a look by the strongest and the mean logit of each kind', () => {
    const [numbers, strongest] = tf.tidy(() => [
      new PresenceHead(head).read(logits()).dataSync(),
      tf.max(logits(), [0, 1, 2]).dataSync(),
    ])
    expect([...numbers.slice(0, KINDS)]).toEqual([...strongest])
    for (let k = 0; k < KINDS; k++) expect(numbers[KINDS + k]).toBeLessThan(numbers[k])
  })

  it('knows a scale for each side that is looked at', () => {
    const parts = new PresenceHead(head)
    for (const side of [160, 256, 512]) expect(parts.scaleOf(side)[0]).toBeGreaterThan(0)
    parts.dispose()
  })

  it('refuses a head whose shapes do not fit', () => {
    const odd = { ...head, weights: { ...head.weights, bias: { shape: [3], values: [0, 0, 0] } } }
    expect(() => new PresenceHead(odd)).toThrow('shapes')
  })
})
