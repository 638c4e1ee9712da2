/** How fast the product's whole pipeline is, in turns with the bare network. */
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { effectScope, ref } from 'vue'
import { usePoseLoop } from '@/composables/usePoseLoop'
import { openBackend } from '@/pose/backend'
import { ClipBuffer } from '@/pose/clip'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import { modelFiles } from '@/pose/modelFiles'
import type { FrameSource } from '@/pose/frameSource'
import type { BackendChoice } from '@/pose/settings'
import { VideoFileSource } from '@/pose/videoFileSource'

const models = new URL('/models/', location.href)
const FPS = 15
/** How often the page's event loop is asked whether it is free. */
const PROBE_MS = 4

export interface Run {
  frames: number
  /** Without those of the bare network. */
  seconds: number
  /** Of each forward pass of the bare network. */
  bareMs: number[]
  /** Bytes of clips that were cut. */
  bytes: number
  /** How late the page's event loop came to a timer, in ms. */
  delaysMs: number[]
  /** Tasks of the page over 50 ms. */
  longTasksMs: number[]
  backend: string
}

/** After so many frames of the pipeline come as many passes of the bare network, on squares of this side. */
export interface Turns {
  frames: number
  sidePx: number
}

/**
 * Reads the film over and over through worker, follower and clips until so many frames are seen.
 *
 * `turns`: machines change their speed within seconds, so only what runs in the same seconds can be compared.
 */
export async function pipeline(
  film: Blob,
  backend: BackendChoice,
  frames: number,
  turns: Turns | null = null,
): Promise<Run> {
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
  const file = await VideoFileSource.open(new File([film], 'film.webm'), FPS)
  const bare = turns && (await bareNetwork(backend, turns.sidePx))
  const bareMs: number[] = []
  let begun = 0
  let turn: Promise<unknown> = Promise.resolve()
  /** Before the first picture of every turn but the first: those before it are through by then. */
  const rest = async () => {
    const isDue = bare && begun > 0 && begun % turns.frames === 0
    begun++
    if (!isDue) return
    await inWork
    bareMs.push(...(await bare.pass(turns.frames)))
  }
  let inWork: Promise<unknown> = Promise.resolve()
  const source: FrameSource = {
    kind: 'video',
    run: (consume, options) =>
      file.run(async (picture) => {
        await (turn = turn.then(rest))
        await (inWork = consume(picture))
      }, options),
  }
  const watch = watchPage()
  const startMs = performance.now()
  while (seen < frames) {
    await loop.start(source)
    if (loop.error.value) throw new Error(loop.error.value.message)
    again += file.info.durationMs + 1_000 / FPS
  }
  const seconds = (performance.now() - startMs - bareMs.reduce((sum, ms) => sum + ms, 0)) / 1_000
  const name = loop.backend.value ?? ''
  file.close()
  bare?.dispose()
  scope.stop()
  return { frames: seen, seconds, bareMs, bytes, ...watch(), backend: name }
}

/** PoseNet's forward pass alone, on a square that is there already, read back included. */
async function bareNetwork(backend: BackendChoice, sidePx: number) {
  await openBackend(backend, new URL('wasm/', models).href)
  const network = await loadGraphModel(modelFiles(new URL('posenet/model.json', models).href))
  const square = tf.zeros<tf.Rank.R4>([1, sidePx, sidePx, 3])

  /** Milliseconds of each of so many. */
  async function pass(passes: number): Promise<number[]> {
    const ms: number[] = []
    for (let i = 0; i < passes; i++) {
      const startMs = performance.now()
      const outputs = network.predict(square) as tf.Tensor[]
      await Promise.all(outputs.map((output) => output.data()))
      ms.push(performance.now() - startMs)
      tf.dispose(outputs)
    }
    return ms
  }

  await pass(3) // warm
  return { pass, dispose: () => (network.dispose(), square.dispose()) }
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
