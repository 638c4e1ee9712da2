/** How fast the product's whole pipeline is, and the bare network beside it, and what both leave behind. */
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { effectScope, ref } from 'vue'
import { usePoseLoop } from '@/composables/usePoseLoop'
import { openBackend } from '@/pose/backend'
import { ClipBuffer } from '@/pose/clip'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import { modelFiles } from '@/pose/modelFiles'
import type { BackendChoice } from '@/pose/settings'
import { VideoFileSource } from '@/pose/videoFileSource'

const models = new URL('/models/', location.href)
const FPS = 15
/** How often the page's event loop is asked whether it is free. */
const PROBE_MS = 4

export interface Run {
  frames: number
  seconds: number
  /** Bytes of clips that were cut. */
  bytes: number
  /** How late the page's event loop came to a timer, in ms. */
  delaysMs: number[]
  /** Tasks of the page over 50 ms. */
  longTasksMs: number[]
  backend: string
}

/** Reads the film over and over through worker, follower and clips until so many frames are seen. */
export async function pipeline(film: Blob, backend: BackendChoice, frames: number): Promise<Run> {
  const scope = effectScope()
  const canvas = document.createElement('canvas')
  const buffer = new ClipBuffer({ originMs: 0, maxMs: 5_000 })
  let bytes = 0
  let seen = 0
  let again = 0
  const loop = scope.run(() =>
    usePoseLoop({
      settings: ref({ ...DEFAULT_SETTINGS, backend, detector: 'posenet' as const }),
      canvas: ref(canvas),
      modelsUrl: models.href,
      inSet: () => true,
      onPose: (frame) => {
        seen++
        const clip = buffer.push({ ...frame, tMs: frame.tMs + again })
        if (clip) bytes += clip.bytes.byteLength
        if (seen >= frames) loop?.stop()
      },
    }),
  )
  if (!loop || !(await loop.load())) throw new Error(loop?.error.value?.message ?? 'The loop did not start.')
  const source = await VideoFileSource.open(new File([film], 'film.webm'), FPS)
  const watch = watchPage()
  const startMs = performance.now()
  while (seen < frames) {
    await loop.start(source)
    if (loop.error.value) throw new Error(loop.error.value.message)
    again += source.info.durationMs + 1_000 / FPS
  }
  const seconds = (performance.now() - startMs) / 1_000
  const name = loop.backend.value ?? ''
  source.close()
  scope.stop()
  return { frames: seen, seconds, bytes, ...watch(), backend: name }
}

/** Milliseconds of each forward pass of PoseNet on a square that is there already, read back included. */
export async function bare(backend: BackendChoice, sidePx: number, passes: number): Promise<number[]> {
  await openBackend(backend, new URL('wasm/', models).href)
  const network = await loadGraphModel(modelFiles(new URL('posenet/model.json', models).href))
  const square = tf.zeros<tf.Rank.R4>([1, sidePx, sidePx, 3])
  const ms: number[] = []
  for (let pass = -3; pass < passes; pass++) {
    const startMs = performance.now()
    const outputs = network.predict(square) as tf.Tensor[]
    await Promise.all(outputs.map((output) => output.data()))
    if (pass >= 0) ms.push(performance.now() - startMs)
    tf.dispose(outputs)
  }
  network.dispose()
  square.dispose()
  return ms
}

/** Tells, when called, what happened on the page's own thread since. */
function watchPage(): () => Pick<Run, 'delaysMs' | 'longTasksMs'> {
  const delaysMs: number[] = []
  const longTasksMs: number[] = []
  const observer = new PerformanceObserver((list) => {
    longTasksMs.push(...list.getEntries().map(({ duration }) => duration))
  })
  observer.observe({ type: 'longtask' })
  let due = performance.now() + PROBE_MS
  const timer = setInterval(() => {
    const nowMs = performance.now()
    delaysMs.push(Math.max(0, nowMs - due))
    due = nowMs + PROBE_MS
  }, PROBE_MS)
  return () => {
    clearInterval(timer)
    observer.disconnect()
    return { delaysMs, longTasksMs }
  }
}
