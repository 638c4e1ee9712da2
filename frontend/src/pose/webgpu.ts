/** Brings the WebGPU backend, which is fetched by nobody who does not ask for it. */
import * as tf from '@tensorflow/tfjs-core'

/** Settles, once the backend is ready, with what settles when its device is lost; null where it cannot be had. */
export async function openWebGpu(): Promise<{ lost: Promise<void> } | null> {
  try {
    if (!(await navigator.gpu?.requestAdapter())) return null
    // By its own path: the package's name stands for a stub (vite.config.ts), since pose-detection names it too.
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu/dist/index.js')
    if (!(await tf.setBackend('webgpu'))) return null
    await tf.ready()
    const backend = tf.backend()
    if (!(backend instanceof WebGPUBackend)) return null
    return { lost: backend.device.lost.then(() => undefined) }
  } catch {
    return null
  }
}
