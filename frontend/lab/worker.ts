/** The product's pose worker on single pictures, on any backend: for comparisons and timings. */
import { DEFAULT_SETTINGS, type WorkerSettings } from '@/pose/detectorSettings'
import type { Backend } from '@/pose/settings'
import { loadRequestOf } from '@/workers/loadRequest'
import { PoseClient } from '@/workers/poseClient'

const STYLE = { bone: '#fff', joint: '#fff', highlight: '#fff', minScore: 0.3 }

/** One picture's answer: 17 rows of x, y in px of the picture and score. */
export interface Look {
  backend: Backend
  threads: number
  estimator: string
  pose: number[][]
  ms: number
}

let open: { key: string; client: PoseClient; backend: Backend; threads: number } | null = null

/** The athlete on the picture, as the product would see them on a first look. Rejects with a PoseError. */
export async function look(picture: Blob, settings: Partial<WorkerSettings>): Promise<Look> {
  const { client, backend, threads } = await clientOf(settings)
  const image = await createImageBitmap(picture)
  const { width: widthPx, height: heightPx } = image
  client.order({ type: 'afresh' })
  const startMs = performance.now()
  const found = await client.estimate({ image, widthPx, heightPx, tMs: 0, inSet: false })
  const ms = performance.now() - startMs
  const pose = Array.from({ length: found.pose.length / 3 }, (_, k) => [
    found.pose[3 * k] * widthPx,
    found.pose[3 * k + 1] * heightPx,
    found.pose[3 * k + 2],
  ])
  return { backend, threads, estimator: found.estimator, pose, ms }
}

async function clientOf(settings: Partial<WorkerSettings>) {
  const key = JSON.stringify(settings)
  if (open?.key === key) return open
  open?.client.terminate()
  open = null
  let backend: Backend = 'wasm'
  let threads = 1
  const client = new PoseClient({
    onProgress: () => undefined,
    onBackend: (name, _, count) => ([backend, threads] = [name, count]),
  })
  const wanted = { ...DEFAULT_SETTINGS, ...settings }
  await client.load(loadRequestOf(wanted, { modelsUrl: '/models/', style: STYLE }))
  return (open = { key, client, backend, threads })
}
