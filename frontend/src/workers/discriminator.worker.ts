/** The discriminator's worker: counts beside the pose worker, so that neither waits for the other. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { loadNetwork, type Card, type Network } from '@/discriminator/network'
import { recogniserOf, type RecogniserFile } from '@/discriminator/recogniser'
import { SetCounter, type SetCount } from '@/discriminator/setCounter'
import { modelFiles } from '@/pose/modelFiles'
import type { FromDiscriminator, ToDiscriminator } from './discriminatorMessages'

/** The part of DedicatedWorkerGlobalScope that is used: its types clash with the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToDiscriminator>) => void) | null
  postMessage(message: FromDiscriminator): void
}
const scope = self as unknown as WorkerScope

let network: Network | null = null
let set = ''
let finished = false
const counter = new SetCounter(() => network)

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'load':
      return void load(data.modelUrls, data.wasmUrl).catch(fail)
    case 'start':
      set = data.set
      finished = false
      return counter.start(data.exercise, data.template)
    case 'frame':
      return tell(() => counter.push(data.frame), false)
    case 'finish':
      finished = true
      return tell(() => counter.finish(), true)
  }
}

/** The first that can be had: without the network the promoted version may be out of reach. */
async function load(modelUrls: readonly string[], wasmUrl: string): Promise<void> {
  setWasmPaths(wasmUrl)
  // Threads would import scripts from blob: addresses, which our content security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // Always WebAssembly: the network is small, and the graphics chip has PoseNet to do.
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be started.')
  network = await firstOf(modelUrls)
  scope.postMessage({ type: 'ready', version: network.card.version })
  // A set that ended while the network was still on its way.
  if (finished) tell(() => counter.finish(), true)
}

async function firstOf([modelUrl, ...others]: readonly string[]): Promise<Network> {
  if (modelUrl === undefined) throw new Error('No model can be loaded.')
  try {
    const card = await json<Card>(new URL('card.json', modelUrl))
    const recogniser = recogniserOf(await json<RecogniserFile>(new URL('recogniser.json', modelUrl)))
    return await loadNetwork(card, modelFiles(modelUrl), recogniser)
  } catch (error) {
    if (others.length === 0) throw error
    console.warn('Counting goes on with the version of this page:', error)
    return await firstOf(others)
  }
}

async function json<T>(url: URL): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url.pathname}: the server answered ${answer.status}.`)
  return (await answer.json()) as T
}

function tell(look: () => SetCount | null, final: boolean): void {
  try {
    const count = look()
    if (count) scope.postMessage({ type: 'count', set, count, final })
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  scope.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
}
