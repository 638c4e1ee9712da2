/** What the engine leaves behind: the product's own engine and eye, picture after picture, with tensors counted. */
import * as tf from '@tensorflow/tfjs-core'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import type { BackendChoice } from '@/pose/settings'
import { loadRequestOf } from '@/workers/loadRequest'
import { PoseEngine } from '@/workers/poseEngine'

const STYLE = { bone: '#fff', joint: '#fff', highlight: '#fff', minScore: 0.3 }

export interface Left {
  tensors: number
  heapBytes: number
}

/**
 * Tensors and heap at the marks of so many frames, the first mark being 0 (when all is warm).
 *
 * The browser has to be started with exact figures of its heap and with `gc`.
 */
export async function leaks(
  pictures: readonly Blob[],
  backend: BackendChoice,
  frames: number,
  marks: number,
): Promise<Left[]> {
  const settings = { ...DEFAULT_SETTINGS, backend, detector: 'posenet' as const }
  const engine = new PoseEngine(
    loadRequestOf(settings, { modelsUrl: '/models/', style: STYLE }),
    () => undefined,
  )
  await engine.load()
  const images = await Promise.all(pictures.map((picture) => createImageBitmap(picture)))
  const see = (frame: number) => engine.estimate(images[frame % images.length], frame * 33, false)
  // Looking for the athlete and for others happens now and then: once each is part of being warm.
  for (let frame = 0; frame < 3 * images.length + 30; frame++) await see(frame)
  const left = [await settled()]
  for (let mark = 1; mark <= marks; mark++) {
    for (let frame = 0; frame < frames / marks; frame++) await see(frame)
    left.push(await settled())
  }
  engine.close()
  return left
}

async function settled(): Promise<Left> {
  const { gc } = globalThis as { gc?: () => void }
  for (let i = 0; i < 3; i++) {
    gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } }
  return { tensors: tf.memory().numTensors, heapBytes: memory?.usedJSHeapSize ?? 0 }
}
