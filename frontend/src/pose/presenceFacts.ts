/** What is known of the presence network without loading it, nor TensorFlow.js. */

/** How many numbers describe a look: the strongest and the mean logit of each of 80 kinds. */
export const EMBEDDING_SIZE = 160

export interface PresenceFiles {
  /** Addresses of the graph's model.json and of the head. */
  model: string
  head: string
}

/** The files beside those of another model: models/posenet/model.json → models/presence/… */
export function presenceFilesBeside(modelUrl: string): PresenceFiles {
  const file = (name: string) => new URL(`../presence/${name}`, modelUrl).href
  return { model: file('model.json'), head: file('head.json') }
}
