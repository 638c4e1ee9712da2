/** The shipped network from the repository's own files, for tests in Node. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { loadNetwork, type Card, type Network } from './network'
import { recogniserOf, type RecogniserFile } from './recogniser'

export const WEIGHTS = resolve(process.cwd(), '../models/weights')

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(resolve(WEIGHTS, path), 'utf8')) as T

type Topology = Pick<tf.io.ModelArtifacts, 'modelTopology' | 'signature'> & {
  weightsManifest: tf.io.WeightsManifestConfig
}

export async function shipped(folder = 'tfjs'): Promise<Network> {
  setWasmPaths(`${process.cwd()}/public/models/wasm/`)
  await tf.setBackend('wasm')
  await tf.ready()
  const { modelTopology, signature, weightsManifest } = readJson<Topology>(`${folder}/model.json`)
  const parts = weightsManifest.flatMap(({ paths }) => paths.map((path) => `${folder}/${path}`))
  const weightData = new Uint8Array(Buffer.concat(parts.map((part) => readFileSync(resolve(WEIGHTS, part)))))
    .buffer
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
  const card = readJson<Card>(`${folder}/card.json`)
  const recogniser = recogniserOf(readJson<RecogniserFile>(`${folder}/recogniser.json`))
  const load = () => Promise.resolve({ modelTopology, signature, weightSpecs, weightData })
  return loadNetwork(card, { load }, recogniser)
}
