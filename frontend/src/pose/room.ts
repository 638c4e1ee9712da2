/**
 * A head for one room, taught on the athlete's own device: what the presence network saw of the empty room and of the
 * athlete in it, to a probability. It begins as the shipped head's answer and learns where that is wrong in this room.
 */
import * as tf from '@tensorflow/tfjs-core'
import { EMBEDDING_SIZE, sigmoid, type Look } from './presence'

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
  /** What it was taught on, and how well it tells that apart. */
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

/**
 * Teaches a head; `onEpoch` gets the mean binary cross-entropy before each step.
 *
 * Throws TooFewLooks when there are fewer than FEWEST_LOOKS of either kind.
 */
export async function teachRoom(
  { empty, person }: RoomLooks,
  onEpoch: (epoch: number, epochs: number, loss: number) => void,
): Promise<RoomHead> {
  if (Math.min(empty.length, person.length) < FEWEST_LOOKS) {
    throw new TooFewLooks(
      `looks: expected at least ${FEWEST_LOOKS} of each, got ${empty.length} of the empty room and ` +
        `${person.length} of the athlete`,
    )
  }
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
    const head = { ...scale, weights, emptyLooks: empty.length, personLooks: person.length, loss }
    const share = (isRight: (look: Look, person: boolean) => boolean) =>
      looks.filter((look, i) => isRight(look, i >= empty.length)).length / looks.length
    return {
      ...head,
      right: share((look, there) => roomProbability(head, look) >= 0.5 === there),
      rightBefore: share((look, there) => look.probability >= 0.5 === there),
      madeAt: new Date().toISOString(),
    }
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
