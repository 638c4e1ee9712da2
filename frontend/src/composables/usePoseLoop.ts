import { useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { SkeletonStyle } from '@/pose/draw'
import { PoseError } from '@/pose/errors'
import type { Frame, Pose } from '@/pose/frame'
import type { FrameSource, Picture } from '@/pose/frameSource'
import {
  ESTIMATOR,
  parseChoice,
  type Backend,
  type BackendChoice,
  type InputSidePx,
  type Notice,
} from '@/pose/settings'
import { PoseClient, type PoseClientEvents } from '@/workers/poseClient'

/**
 * idle → loading (the model comes) → warming (it runs for the first time) → ready → running ⇄ paused → ended.
 * `failed` can follow any of them; `error` says why, and `start` may be tried again.
 */
export type PoseLoopStatus =
  'idle' | 'loading' | 'warming' | 'ready' | 'running' | 'paused' | 'ended' | 'failed'

export interface UsePoseLoopOptions {
  /** Where the skeleton is drawn, by the worker. Taken over at `start`; lay it over the video. */
  canvas?: Ref<HTMLCanvasElement | null>
  /** Called for every pose, in order. */
  onPose?: (frame: Frame) => void
  /** Default: what the address says (`?backend=wasm`), else 'auto'. */
  backend?: BackendChoice
  inputSidePx?: InputSidePx
  style?: Partial<SkeletonStyle>
  /** Where models/posenet and models/wasm are served. */
  modelsUrl?: string
  createClient?: (events: PoseClientEvents) => Pick<PoseClient, 'load' | 'estimate' | 'order' | 'terminate'>
}

const STYLE: SkeletonStyle = { bone: '#ffffffb3', joint: '#ffffff', highlight: '#ffb000', minScore: 0.3 }
/** Of the load: the model's download is the long part, compiling the rest. */
const DOWNLOAD_SHARE = 0.7
/** How slowly `fps` follows, in frames. */
const FPS_MEMORY = 12

/**
 * Pictures in, poses out: runs a camera or a video file through PoseNet in a worker.
 *
 * Nothing here blocks the page, and nothing is queued: the next picture is taken when the last one is done.
 */
export function usePoseLoop(options: UsePoseLoopOptions = {}) {
  const status = ref<PoseLoopStatus>('idle')
  const progress = ref(0)
  const backend = ref<Backend | null>(null)
  const notice = shallowRef<Notice | null>(null)
  const error = shallowRef<PoseError | null>(null)
  const fps = ref(0)
  const frames = ref(0)
  const pose = shallowRef<Pose | null>(null)
  const visibility = useDocumentVisibility()
  const create = options.createClient ?? ((events) => new PoseClient(events))

  let client: ReturnType<typeof create> | null = null
  let loading: Promise<boolean> | null = null
  let run: AbortController | null = null
  let finished: Promise<void> = Promise.resolve()
  let kind: FrameSource['kind'] = 'camera'
  let lastPoseMs = 0
  let bound: HTMLCanvasElement | null = null

  /** Fetches the model and warms it up; safe to call early and often. True when poses can be found. */
  function load(): Promise<boolean> {
    loading ??= prepare()
    return loading
  }

  /** Runs on this source until it ends or `stop` is called. Never rejects: see `status` and `error`. */
  async function start(source: FrameSource): Promise<void> {
    stop()
    await finished
    const own = (run = new AbortController())
    error.value = null
    frames.value = fps.value = 0
    if (!(await load()) || own.signal.aborted) return
    bindCanvas()
    finished = follow(source, own)
    await finished
  }

  /** Stops taking pictures; the detector stays warm. */
  function stop(): void {
    run?.abort()
    run = null
    if (status.value === 'running' || status.value === 'paused') status.value = 'ready'
    client?.order({ type: 'clear' })
  }

  /** Lights up these keypoints (indices of the skeleton). */
  function highlight(keypoints: readonly number[]): void {
    client?.order({ type: 'highlight', keypoints })
  }

  /** Ends the worker for good. Called by itself when the component goes. */
  function dispose(): void {
    stop()
    reset()
    status.value = 'idle'
  }

  async function prepare(): Promise<boolean> {
    status.value = 'loading'
    progress.value = 0
    error.value = null
    const own = (client ??= create({ onProgress: advance, onBackend: settleOn }))
    try {
      const models = new URL(options.modelsUrl ?? `${import.meta.env.BASE_URL}models/`, location.href)
      await own.load({
        backend: options.backend ?? choiceOfAddress(),
        modelUrl: new URL('posenet/model.json', models).href,
        wasmUrl: new URL('wasm/', models).href,
        inputSidePx: options.inputSidePx ?? 257,
        style: { ...STYLE, ...options.style },
      })
      status.value = 'ready'
      progress.value = 1
      return true
    } catch (cause) {
      if (own === client) fail(cause)
      return false
    }
  }

  async function follow(source: FrameSource, own: AbortController): Promise<void> {
    const { signal } = own
    kind = source.kind
    status.value = source.kind === 'camera' && visibility.value === 'hidden' ? 'paused' : 'running'
    progress.value = 0
    lastPoseMs = performance.now()
    try {
      await source.run((picture) => consume(picture, signal), {
        signal,
        onProcessor: backend.value === 'wasm',
        onProgress: (share) => (progress.value = share),
      })
      if (!signal.aborted) status.value = 'ended'
    } catch (cause) {
      if (!signal.aborted) fail(cause)
    }
  }

  async function consume({ tMs, ...picture }: Picture, signal: AbortSignal): Promise<void> {
    if (!client || signal.aborted || status.value === 'paused') return picture.image.close()
    const found = await client.estimate(picture)
    if (signal.aborted) return
    measure()
    pose.value = found
    const { widthPx, heightPx } = picture
    options.onPose?.({ tMs, pose: found, widthPx, heightPx })
  }

  function measure(): void {
    const nowMs = performance.now()
    const current = 1_000 / Math.max(nowMs - lastPoseMs, 1)
    const weight = 1 / Math.min(frames.value + 1, FPS_MEMORY)
    fps.value += (current - fps.value) * weight
    frames.value++
    lastPoseMs = nowMs
  }

  function advance(phase: 'download' | 'compile', share: number): void {
    // A change of backend in the middle of a run is told by its notice.
    if (status.value === 'running' || status.value === 'paused') return
    status.value = phase === 'download' ? 'loading' : 'warming'
    progress.value =
      phase === 'download' ? share * DOWNLOAD_SHARE : DOWNLOAD_SHARE + share * (1 - DOWNLOAD_SHARE)
  }

  function settleOn(name: Backend, why: Notice | null): void {
    backend.value = name
    notice.value = why
  }

  function fail(cause: unknown): void {
    error.value = PoseError.from(cause)
    status.value = 'failed'
    // A network that comes back mends a load; only a dead worker needs a new one.
    if (error.value.code === 'worker_crashed') reset()
    else if (!client || progress.value < 1) loading = null
  }

  function reset(): void {
    client?.terminate()
    client = null
    loading = null
    backend.value = null
  }

  function bindCanvas(): void {
    const element = options.canvas?.value
    if (!element || element === bound) return
    bound = element
    try {
      const canvas = element.transferControlToOffscreen()
      client?.order({ type: 'surface', canvas }, [canvas])
    } catch {
      // Given to a worker that has died since: poses go on, without a drawing.
    }
  }

  watch(visibility, (now) => {
    // A file is read on in the background; a camera has nobody in front of it.
    if (kind === 'camera' && status.value === 'running' && now === 'hidden') status.value = 'paused'
    else if (status.value === 'paused' && now === 'visible') status.value = 'running'
  })
  onScopeDispose(dispose)

  return {
    status: readonly(status),
    progress: readonly(progress),
    backend: readonly(backend),
    notice: shallowReadonly(notice),
    error: shallowReadonly(error),
    fps: readonly(fps),
    frames: readonly(frames),
    pose: shallowReadonly(pose),
    estimator: ESTIMATOR,
    load,
    start,
    stop,
    highlight,
    dispose,
  }
}

function choiceOfAddress(): BackendChoice {
  return parseChoice(new URLSearchParams(location.search).get('backend') ?? 'auto')
}
