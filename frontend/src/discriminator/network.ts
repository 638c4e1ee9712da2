/** The discriminator's network on TensorFlow.js, from the files that `models/export_tfjs.py` writes. */
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { F, FEATURES_VERSION } from './features'
import { registerLstm } from './lstm'
import type { Recogniser } from './recogniser'

/** Facts about the weights, as `card.json` has them. */
export interface Card {
  version: string
  /** Names of the class logits, in order. */
  classes: string[]
  skeleton_hash: string
  features_version: string
}

export interface Network {
  card: Card
  /** What tells exercises apart by the postures of the whole set. */
  recogniser: Recogniser
  /** Track (T, 4) and class logits of samples (T, F). */
  read(samples: Float32Array): { track: Float32Array; classes: Float32Array }
  dispose(): void
}

/** Throws where weights and code do not fit, or the graph cannot be loaded. TensorFlow.js must have its backend. */
export async function loadNetwork(
  card: Card,
  files: tf.io.IOHandler,
  recogniser: Recogniser,
): Promise<Network> {
  if (card.features_version !== FEATURES_VERSION) {
    throw new Error(`features_version: expected ${FEATURES_VERSION}, got ${card.features_version}`)
  }
  registerLstm()
  const model = await loadGraphModel(files)
  function read(values: Float32Array) {
    const samples = tf.tensor3d(values, [1, values.length / F, F])
    const answers = model.execute({ samples }, ['track', 'classes']) as tf.Tensor[]
    const [track, classes] = answers.map((answer) => answer.dataSync() as Float32Array)
    tf.dispose([samples, ...answers])
    return { track, classes }
  }
  return { card, recogniser, read, dispose: () => model.dispose() }
}
