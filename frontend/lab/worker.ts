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

interface Opened {
  key: string
  client: PoseClient
  backend: Backend
  threads: number
}

let open: Opened | null = null

/** The athlete on the picture, as the product would see them on a first look. Rejects with a PoseError. */
export async function look(picture: Blob, settings: Partial<WorkerSettings>): Promise<Look> {
  const opened = await clientOf(settings)
  const { client } = opened
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
  // Read afterwards: another engine may have stood in for this one in the middle.
  const { backend, threads } = opened
  return { backend, threads, estimator: found.estimator, pose, ms }
}

async function clientOf(settings: Partial<WorkerSettings>): Promise<Opened> {
  const key = JSON.stringify(settings)
  if (open?.key === key) return open
  open?.client.terminate()
  const client = new PoseClient({
    onProgress: () => undefined,
    onBackend: (backend, _, threads) => Object.assign(fresh, { backend, threads }),
  })
  const fresh: Opened = { key, client, backend: 'wasm', threads: 1 }
  open = fresh
  const wanted = { ...DEFAULT_SETTINGS, ...settings }
  await client.load(loadRequestOf(wanted, { modelsUrl: '/models/', style: STYLE }))
  return fresh
}
