/** Starts the engine that runs PoseNet. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { PoseError } from './errors'
import { noticeOf, parseChoice, type Backend, type BackendChoice, type Notice } from './settings'

export interface OpenBackend {
  backend: Backend
  notice: Notice | null
  /** Settles if the graphics chip takes its context away; never for WASM. */
  lost: Promise<void>
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i

/**
 * Makes the chosen engine TensorFlow.js's current one. `wasmUrl` is the folder of its WebAssembly files.
 *
 * Where WebGL cannot be had, WASM is taken and a notice says why. With 'auto', WebGL that a processor
 * imitates counts as none: WASM is faster then.
 */
export async function openBackend(choice: BackendChoice, wasmUrl: string): Promise<OpenBackend> {
  if (parseChoice(choice) === 'wasm') return openWasm(wasmUrl, null)
  const gl = webglContext()
  if (!gl) return openWasm(wasmUrl, noticeOf('webgl_missing'))
  if (choice === 'auto' && isSoftware(gl)) return openWasm(wasmUrl, noticeOf('webgl_software'))
  // Our own context, so that its loss is seen here, and so that Safari's workers get one at all.
  setWebGLContext(2, gl)
  const lost = new Promise<void>((resolve) => {
    gl.canvas.addEventListener('webglcontextlost', () => resolve(), { once: true })
  })
  if (!(await activate('webgl'))) return openWasm(wasmUrl, noticeOf('webgl_failed'))
  return { backend: 'webgl', notice: null, lost }
}

async function openWasm(wasmUrl: string, notice: Notice | null): Promise<OpenBackend> {
  setWasmPaths(wasmUrl)
  // Threads would import scripts from blob: addresses, which our content security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (!(await activate('wasm'))) {
    throw new PoseError(
      'backend_unavailable',
      'Neither WebGL nor WebAssembly could be started. A current Chrome, Edge, Firefox or Safari has both.',
    )
  }
  return { backend: 'wasm', notice, lost: new Promise(() => undefined) }
}

async function activate(backend: Backend): Promise<boolean> {
  try {
    const active = await tf.setBackend(backend)
    if (active) await tf.ready()
    return active
  } catch {
    return false
  }
}

function webglContext(): WebGL2RenderingContext | null {
  if (typeof OffscreenCanvas === 'undefined') return null
  return new OffscreenCanvas(1, 1).getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
  })
}

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  return info !== null && SOFTWARE.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)))
}
