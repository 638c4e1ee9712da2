/**
 * A head for one room, taught on the athlete's own device: what the presence network saw of the empty room and of the
 * athlete in it, to a probability. It begins as the shipped head's answer and learns where that is wrong in this room.
 */
import * as tf from '@tensorflow/tfjs-core'
import { sigmoid, type Look } from './presence'
import { EMBEDDING_SIZE } from './presenceFacts'

/** Fewer pictures of either kind say too little. */
export const FEWEST_LOOKS = 12
const EPOCHS = 120
const RATE = 0.02
/** Keeps the head near the shipped one where the room says nothing else. */
const DECAY = 0.02
/** Logits hardly vary in a room that stands still; below this a difference is noise. */
const LEAST_SPREAD = 0.3
/** Beyond this many spreads a number says no more. */
const FARTHEST = 4

/** Plain numbers, to be kept in IndexedDB. */
export interface RoomHead {
  centre: Float32Array
  spread: Float32Array
  /** One for each number of the embedding, one for the shipped logit, one added. */
  weights: Float32Array
  /** What it was taught on, and how well a head of its first half tells the second apart. */
  emptyLooks: number
  personLooks: number
  loss: number
  right: number
  /** Of the shipped head on the same looks. */
  rightBefore: number
  madeAt: string
}

export interface RoomLooks {
  empty: readonly Look[]
  person: readonly Look[]
}

export class TooFewLooks extends Error {}

type OnEpoch = (epoch: number, epochs: number, loss: number) => void
type Fitted = Pick<RoomHead, 'centre' | 'spread' | 'weights' | 'loss'>

/**
 * Teaches a head; `onEpoch` gets the mean binary cross-entropy before each step.
 *
 * How well it tells the room apart is asked of a trial head that saw the first half of each recording, about the second.
 * Throws TooFewLooks when there are fewer than FEWEST_LOOKS of either kind.
 */
export async function teachRoom({ empty, person }: RoomLooks, onEpoch: OnEpoch): Promise<RoomHead> {
  if (Math.min(empty.length, person.length) < FEWEST_LOOKS) {
    throw new TooFewLooks(
      `looks: expected at least ${FEWEST_LOOKS} of each, got ${empty.length} of the empty room and ` +
        `${person.length} of the athlete`,
    )
  }
  const half = (looks: readonly Look[], which: 0 | 1) => {
    const middle = looks.length >> 1
    return which === 0 ? looks.slice(0, middle) : looks.slice(middle)
  }
  const trial = await fit({ empty: half(empty, 0), person: half(person, 0) }, () => undefined)
  const asked = { empty: half(empty, 1), person: half(person, 1) }
  const fitted = await fit({ empty, person }, onEpoch)
  return {
    ...fitted,
    emptyLooks: empty.length,
    personLooks: person.length,
    right: shareRight(asked, (look) => roomProbability(trial, look)),
    rightBefore: shareRight(asked, (look) => look.probability),
    madeAt: new Date().toISOString(),
  }
}

/** Share of looks whose probability is on the right side of a half. */
function shareRight({ empty, person }: RoomLooks, probability: (look: Look) => number): number {
  const right =
    empty.filter((look) => probability(look) < 0.5).length +
    person.filter((look) => probability(look) >= 0.5).length
  return right / (empty.length + person.length)
}

async function fit({ empty, person }: RoomLooks, onEpoch: OnEpoch): Promise<Fitted> {
  const looks = [...empty, ...person]
  const scale = scaleOf(looks)
  const inputs = tf.tensor2d(looks.map((look) => [...scaled(look, scale), look.logit]))
  const answers = tf.tensor2d(looks.map((_, i) => [i < empty.length ? 0 : 1]))
  // Both answers weigh the same, however long each was recorded.
  const shares = tf.tensor2d(looks.map((_, i) => [0.5 / (i < empty.length ? empty.length : person.length)]))
  // The last number of a look is the shipped logit, which is believed at first.
  const start = Array.from({ length: EMBEDDING_SIZE + 1 }, (_, i) => [Number(i === EMBEDDING_SIZE)])
  // Variables outlive the tidy, the tensors they are made of do not.
  const learnt = tf.tidy(() => tf.variable(tf.tensor2d(start), true))
  const added = tf.tidy(() => tf.variable(tf.scalar(0), true))
  const held = tf.tensor2d(start.map(([isLogit]) => [isLogit ? 0 : DECAY]))
  const adam = tf.train.adam(RATE)
  try {
    let loss = 0
    for (let epoch = 0; epoch <= EPOCHS; epoch++) {
      const cost = tf.tidy(() => {
        const logits = tf.add(tf.matMul(inputs, learnt as tf.Tensor2D), added)
        const slope = tf.mul(shares, tf.sub(tf.sigmoid(logits), answers)) as tf.Tensor2D
        const value = crossEntropy(logits, answers, shares)
        if (epoch < EPOCHS) {
          const pull = tf.mul(held, learnt)
          adam.applyGradients({
            [learnt.name]: tf.add(tf.matMul(inputs, slope, true), pull),
            [added.name]: tf.sum(slope),
          })
        }
        return value
      })
      loss = (await cost.data())[0]
      cost.dispose()
      onEpoch(epoch, EPOCHS, loss)
    }
    const weights = Float32Array.from([...(await learnt.data()), ...(await added.data())])
    return { ...scale, weights, loss }
  } finally {
    tf.dispose([inputs, answers, shares, learnt, added, held])
    adam.dispose()
  }
}

/** Probability that the athlete is in view, by the room's own head. */
export function roomProbability(
  { centre, spread, weights }: Pick<RoomHead, 'centre' | 'spread' | 'weights'>,
  look: Look,
): number {
  const numbers = scaled(look, { centre, spread })
  const learnt = numbers.reduce((sum, value, i) => sum + value * weights[i], 0)
  return sigmoid(learnt + look.logit * weights[EMBEDDING_SIZE] + weights[EMBEDDING_SIZE + 1])
}

function scaleOf(looks: readonly Look[]): Pick<RoomHead, 'centre' | 'spread'> {
  const centre = new Float32Array(EMBEDDING_SIZE)
  const spread = new Float32Array(EMBEDDING_SIZE)
  for (let i = 0; i < EMBEDDING_SIZE; i++) {
    centre[i] = looks.reduce((sum, { embedding }) => sum + embedding[i], 0) / looks.length
    const square = looks.reduce((sum, { embedding }) => sum + (embedding[i] - centre[i]) ** 2, 0)
    spread[i] = Math.max(Math.sqrt(square / looks.length), LEAST_SPREAD)
  }
  return { centre, spread }
}

function scaled({ embedding }: Look, { centre, spread }: Pick<RoomHead, 'centre' | 'spread'>): Float32Array {
  return embedding.map((value, i) => Math.min(Math.max((value - centre[i]) / spread[i], -FARTHEST), FARTHEST))
}

/** Sum of shares × binary cross-entropy, all of shape (N, 1); its slope is shares × (probability − answer). */
function crossEntropy(logits: tf.Tensor, answers: tf.Tensor, shares: tf.Tensor): tf.Scalar {
  // max(z, 0) - z y + log(1 + exp(-|z|)): no logarithm of nothing.
  const tail = tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits)))))
  return tf.sum(tf.mul(shares, tf.add(tf.sub(tf.relu(logits), tf.mul(logits, answers)), tail)))
}
