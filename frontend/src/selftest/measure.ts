/** Times one combination in a pose worker of its own, so that whatever goes wrong ends with that worker. */
import type { DetectorSettings } from '@/pose/detectorSettings'
import { PoseError } from '@/pose/errors'
import type { Backend, Notice } from '@/pose/settings'
import { loadRequestOf } from '@/workers/loadRequest'
import { PoseClient, type PoseClientEvents } from '@/workers/poseClient'
import { SETTINGS, type Combination, type Engine } from './combinations'
import { figuresOf, type Result } from './result'

/** The first pictures look for the athlete, in several directions; from then on it is as in a set. */
const FIRST_FRAMES = 3
const LEAST_FRAMES = 5
const MOST_FRAMES = 90
const MEASURE_MS = 3_000
/** What takes longer than this to warm up or to look at a few pictures is of no use to anybody. */
const LIMIT_MS = 60_000
/** Time between two pictures on the clock that the follower goes by, as of a camera. */
const STEP_MS = 33

const STYLE = { bone: '#fff', joint: '#fff', highlight: '#fff', minScore: 0.3 }

const BACKENDS: Readonly<Record<Engine, Backend>> = {
  webgl: 'webgl',
  webgpu: 'webgpu',
  'wasm-threads': 'wasm',
  wasm: 'wasm',
}

export interface Shot {
  image: ImageBitmap
  widthPx: number
  heightPx: number
}

type Opened = { backend: Backend; threads: number; notice: Notice | null } | null

export interface MeasureOptions {
  /** The next picture to look at, in a fresh image: it is given away. */
  take: () => Promise<Shot>
  /** What else the detector is set to. */
  settings: DetectorSettings
  signal: AbortSignal
  createClient?: (events: PoseClientEvents) => Pick<PoseClient, 'load' | 'estimate' | 'terminate'>
}

/** Never rejects: what stands in the way is the result's `reason`, a code of errors or notices. */
export async function measure(combination: Combination, options: MeasureOptions): Promise<Result> {
  const { signal } = options
  const create = options.createClient ?? ((events) => new PoseClient(events))
  let opened: Opened = null
  const client = create({
    onProgress: () => undefined,
    onBackend: (backend, notice, threads) => (opened = { backend, threads, notice }),
  })
  const end = () => client.terminate()
  const timer = setTimeout(end, LIMIT_MS)
  signal.addEventListener('abort', end, { once: true })
  const startedMs = performance.now()
  const late = () => !signal.aborted && performance.now() - startedMs >= LIMIT_MS
  try {
    await client.load({
      ...loadRequestOf({ ...options.settings, ...SETTINGS[combination.model] }, { style: STYLE }),
      ...SETTINGS[combination.model],
      backend: combination.engine,
    })
    const startMs = performance.now() - startedMs
    const timesMs = await timesOf(client, options.take, () => otherThan(combination.engine, opened))
    return { ...combination, figures: figuresOf(timesMs, startMs, threadsOf(opened)) }
  } catch (cause) {
    const { code } = PoseError.from(cause)
    const reason = otherThan(combination.engine, opened)
    return { ...combination, reason: signal.aborted ? 'cancelled' : late() ? 'too_slow' : (reason ?? code) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    client.terminate()
  }
}

const threadsOf = (opened: Opened): number => opened?.threads ?? 1

/** Why something else than this engine runs; null when it is the one. */
function otherThan(engine: Engine, opened: Opened): string | null {
  if (!opened) return null
  const isIt = opened.backend === BACKENDS[engine] && (engine !== 'wasm-threads' || opened.threads > 1)
  return isIt ? null : (opened.notice?.code ?? 'backend_unavailable')
}

/** Milliseconds of each picture; throws a PoseError, too, when the engine was changed for another. */
async function timesOf(
  client: Pick<PoseClient, 'estimate'>,
  take: () => Promise<Shot>,
  whyOther: () => string | null,
): Promise<number[]> {
  const timesMs: number[] = []
  let untilMs = Infinity
  for (let i = 0; i < FIRST_FRAMES + MOST_FRAMES; i++) {
    if (whyOther()) throw new PoseError('backend_unavailable', 'Another engine took over.')
    const shot = await take()
    const nowMs = performance.now()
    if (i === FIRST_FRAMES) untilMs = nowMs + MEASURE_MS
    if (nowMs > untilMs && timesMs.length >= LEAST_FRAMES) break
    await client.estimate({ ...shot, tMs: i * STEP_MS, inSet: false })
    if (i >= FIRST_FRAMES) timesMs.push(performance.now() - nowMs)
  }
  return timesMs
}
