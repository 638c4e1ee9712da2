/**
 * WebAssembly with SIMD, on one thread or several, all of it from our own origin.
 *
 * TensorFlow.js itself would start its threads from blob: addresses, which our content security policy forbids.
 */
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import threadedFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js'
import singleFactory, {
  type BackendWasmModule,
} from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js'
import * as tf from '@tensorflow/tfjs-core'

const NAME = 'tfjs-backend-wasm'
const THREADED = `${NAME}-threaded-simd`
const PRIORITY = 2
const MOST_THREADS = 4
/** A thread that cannot be started says nothing: its absence is all there is to hear. */
const START_LIMIT_MS = 10_000

/** How many threads are worth having; 1 where the browser shares no memory between them. */
export function usefulThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1
  return Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1)
}

/** Lets 'wasm' stand for WebAssembly with this many threads. `wasmUrl` is the folder of its files. */
export function registerWasm(wasmUrl: string, threads: number): void {
  const start = threads > 1 ? startThreaded : startSingle
  setThreadsCount(threads)
  tf.removeBackend('wasm')
  tf.registerBackend('wasm', async () => new BackendWasm(withNames(await start(wasmUrl))), PRIORITY)
}

async function startSingle(wasmUrl: string): Promise<BackendWasmModule> {
  const file = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? `${NAME}-simd.wasm` : `${NAME}.wasm`
  return singleFactory({ locateFile: () => new URL(file, wasmUrl).href })
}

function startThreaded(wasmUrl: string): Promise<BackendWasmModule> {
  const module = threadedFactory({
    locateFile: (name) => new URL(name, wasmUrl).href,
    mainScriptUrlOrBlob: new URL(`${THREADED}.js`, wasmUrl).href,
  })
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no thread within ${START_LIMIT_MS} ms`)), START_LIMIT_MS)
  })
  return Promise.race([module, late])
}

/** A function of the compiled code: only numbers go in and out. */
type Wrap = <F>(name: string, returns: 'number' | null, takes: 'number'[]) => F

/** The module, with what the backend asks of it under the names that the compiled code has for it. */
function withNames(module: BackendWasmModule): BackendWasmModule {
  const call = (module as BackendWasmModule & { cwrap: Wrap }).cwrap
  module.tfjs = {
    init: call('init', null, []),
    initWithThreadsCount: call('init_with_threads_count', null, ['number']),
    getThreadsCount: call('get_threads_count', 'number', []),
    registerTensor: call('register_tensor', null, ['number', 'number', 'number']),
    disposeData: call('dispose_data', null, ['number']),
    dispose: call('dispose', null, []),
  }
  return module
}
