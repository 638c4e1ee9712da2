/** Starts the engine that runs the networks. */
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { PoseError } from './errors'
import { noticeOf, parseChoice, type Backend, type BackendChoice, type Notice } from './settings'
import { registerWasm, usefulThreads } from './wasm'
import { openWebGpu } from './webgpu'

export interface OpenBackend {
  backend: Backend
  /** Threads of WASM; 1 on the graphics chip. */
  threads: number
  notice: Notice | null
  /** Settles if the graphics chip is taken away; never for WASM. */
  lost: Promise<void>
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i

/**
 * Makes the chosen engine TensorFlow.js's current one. `wasmUrl` is the folder of its WebAssembly files.
 *
 * What cannot be had gives way, and a notice says why: WebGPU to WebGL, WebGL to WASM with threads, threads to one.
 * With 'auto', WebGL that a processor imitates counts as none: WASM is faster then. WebGPU comes only when asked for.
 * Rejects with PoseError 'backend_unavailable' when nothing starts.
 */
export async function openBackend(choice: BackendChoice, wasmUrl: string): Promise<OpenBackend> {
  switch (parseChoice(choice)) {
    case 'wasm':
      return openWasm(wasmUrl, 1, null)
    case 'wasm-threads': {
      const threads = usefulThreads()
      return openWasm(wasmUrl, threads, threads > 1 ? null : noticeOf('threads_missing'))
    }
    case 'webgpu':
      return openGpu(wasmUrl)
    default:
      return openGl(choice === 'auto', wasmUrl)
  }
}

async function openGpu(wasmUrl: string): Promise<OpenBackend> {
  const opened = await openWebGpu()
  if (opened) return { backend: 'webgpu', threads: 1, notice: null, lost: opened.lost }
  return { ...(await openGl(true, wasmUrl)), notice: noticeOf('webgpu_missing') }
}

async function openGl(onlyHardware: boolean, wasmUrl: string): Promise<OpenBackend> {
  const instead = (why: Notice['code']) => openWasm(wasmUrl, usefulThreads(), noticeOf(why))
  const gl = webglContext()
  if (!gl) return instead('webgl_missing')
  if (onlyHardware && isSoftware(gl)) return instead('webgl_software')
  // Our own context, so that its loss is seen here, and so that Safari's workers get one at all.
  setWebGLContext(2, gl)
  const lost = new Promise<void>((resolve) => {
    gl.canvas.addEventListener('webglcontextlost', () => resolve(), { once: true })
  })
  if (!(await activate('webgl'))) return instead('webgl_failed')
  return { backend: 'webgl', threads: 1, notice: null, lost }
}

async function openWasm(wasmUrl: string, threads: number, notice: Notice | null): Promise<OpenBackend> {
  registerWasm(wasmUrl, threads)
  if (await activate('wasm')) return { backend: 'wasm', threads, notice, lost: new Promise(() => undefined) }
  if (threads > 1) return openWasm(wasmUrl, 1, notice ?? noticeOf('threads_missing'))
  throw new PoseError(
    'backend_unavailable',
    'Neither WebGL nor WebAssembly could be started. A current Chrome, Edge, Firefox or Safari has both.',
  )
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
