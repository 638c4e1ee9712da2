import { useDocumentVisibility } from '@vueuse/core'
import { computed, onScopeDispose, readonly, ref, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { Conditions } from '@/pose/conditions'
import { PoseError, type PoseErrorCode } from '@/pose/errors'
import type { StampedFrame } from '@/pose/frame'
import type { FrameSource, Picture } from '@/pose/frameSource'
import { workerSettings, type DetectorSettings } from '@/pose/detectorSettings'
import type { Choice } from '@/pose/eye'
import { Rate } from '@/pose/rate'
import type { Backend, Notice } from '@/pose/settings'
import type { Estimator } from '@/pose/skeleton'
import { SKELETON_STYLE } from '@/styles/skeleton'
import { loadRequestOf } from '@/workers/loadRequest'
import { PoseClient, type PoseClientEvents } from '@/workers/poseClient'
import { useDetectorSettings } from './useDetectorSettings'
import { useSurface } from './useSurface'

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
  onPose?: (frame: StampedFrame) => void
  /** Whether a set is running, so that another estimator may take over. */
  inSet?: () => boolean
  /** Called when another estimator has taken over a file: whether all of it may be read again from the start. */
  mayReadAgain?: () => boolean
  /** Default: those of this device. What the address says (`?detector=movenet&backend=wasm`) goes before either. */
  settings?: Readonly<Ref<DetectorSettings>>
  /** Where models/posenet, models/movenet, models/thunder and models/wasm are served. */
  modelsUrl?: string
  createClient?: (events: PoseClientEvents) => Pick<PoseClient, 'load' | 'estimate' | 'order' | 'terminate'>
}

/** Of the load: the model's download is the long part, compiling the rest. */
const DOWNLOAD_SHARE = 0.7
/** What a new worker may mend: the old one died, or ran out of memory. */
const MORTAL: readonly PoseErrorCode[] = ['worker_crashed', 'detector_failed']

/**
 * Pictures in, poses out: runs a camera or a video file through PoseNet in a worker, MoveNet where PoseNet fails.
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
  /** The last pose, with its time for who measures along time. */
  const frame = shallowRef<StampedFrame | null>(null)
  const pose = computed(() => frame.value?.pose ?? null)
  /** Who found the last pose. */
  const estimator = ref<Estimator | null>(null)
  /** How many other people are in view. */
  const others = ref(0)
  /** Whether another estimator took over from the first one on this source. */
  const hasChanged = ref(false)
  /** How well the camera can see; null before it was looked at, and for a file. */
  const conditions = shallowRef<Conditions | null>(null)
  /** Whether the worker died in this run and was replaced. */
  const hasRestarted = ref(false)
  const visibility = useDocumentVisibility()
  const create = options.createClient ?? ((events) => new PoseClient(events))

  let client: ReturnType<typeof create> | null = null
  let loading: Promise<boolean> | null = null
  let run: AbortController | null = null
  let finished: Promise<void> = Promise.resolve()
  let source: FrameSource | null = null
  let kind: FrameSource['kind'] = 'camera'
  let rate = new Rate(0)
  let reachedMs = 0
  const drawing = useSurface(options.canvas)
  const settings = options.settings ?? useDetectorSettings().settings
  const wanted = computed(() => JSON.stringify(workerSettings(settings.value)))
  /** What the worker was loaded with. */
  const given = ref<string | null>(null)
  /** Whether settings have changed since: they hold from the next `renew` or `start` on. */
  const isStale = computed(() => given.value !== null && given.value !== wanted.value)

  /** Fetches the model and warms it up; safe to call early and often. True when poses can be found. */
  function load(): Promise<boolean> {
    if (isStale.value && run === null) loading = null
    loading ??= prepare()
    return loading
  }

  /** Loads the detector again with the settings of now, and goes on with the source where one was running. */
  async function renew(): Promise<boolean> {
    const interrupted = run === null ? null : source
    stop()
    await finished
    if (!(await load())) return false
    if (interrupted) void start(interrupted)
    return true
  }

  /** Runs on this source until it ends or `stop` is called. Never rejects: see `status` and `error`. */
  async function start(pictures: FrameSource): Promise<void> {
    stop()
    await finished
    if (isStale.value) loading = null
    const own = (run = new AbortController())
    source = pictures
    error.value = null
    frames.value = fps.value = 0
    estimator.value = null
    others.value = 0
    hasChanged.value = hasRestarted.value = false
    conditions.value = null
    if (!(await load()) || own.signal.aborted) return
    drawing.give((order, transfer) => client?.order(order, transfer))
    client?.order({ type: 'afresh' })
    finished = follow(pictures, own)
    await finished
    if (run === own) run = null
  }

  /** Stops taking pictures; the detector stays warm. */
  function stop(): void {
    run?.abort()
    run = null
    if (status.value === 'running' || status.value === 'paused') status.value = 'ready'
    client?.order({ type: 'clear' })
  }

  /** Lights up these keypoints (indices of the skeleton). */
  const highlight = (keypoints: readonly number[]): void => client?.order({ type: 'highlight', keypoints })

  /** Marks the keypoints that a cue is about; none with []. */
  const mark = (keypoints: readonly number[]): void => client?.order({ type: 'mark', keypoints })

  /** Follows somebody else from the next picture on. */
  const choose = (choice: Choice): void => client?.order({ type: 'follow', choice })

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
      given.value = wanted.value
      const { modelsUrl } = options
      await own.load(loadRequestOf(settings.value, { modelsUrl, style: SKELETON_STYLE }))
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
    rate = new Rate(performance.now())
    reachedMs = 0
    try {
      while (await readOnce(source, signal).catch((cause) => replaceWorker(cause, signal))) continue
      if (!signal.aborted) status.value = 'ended'
    } catch (cause) {
      if (!signal.aborted) fail(cause)
    }
  }

  /** Answers whether the source is to be read again from its start. */
  async function readOnce(source: FrameSource, signal: AbortSignal): Promise<boolean> {
    const again = new AbortController()
    await source.run((picture) => consume(picture, signal, again), {
      signal: AbortSignal.any([signal, again.signal]),
      onProcessor: backend.value === 'wasm',
      fromMs: reachedMs,
      onConditions: (seen) => (conditions.value = seen),
      longestPx: settings.value.imageScale * settings.value.inputSidePx,
      onProgress: (share) => (progress.value = share),
    })
    return again.signal.aborted && !signal.aborted
  }

  /** A worker that died is replaced once; answers whether the source goes on where it was. */
  async function replaceWorker(cause: unknown, signal: AbortSignal): Promise<boolean> {
    const isMortal = MORTAL.includes(PoseError.from(cause).code)
    if (signal.aborted || hasRestarted.value || !isMortal) throw cause
    hasRestarted.value = true
    reset()
    await drawing.renew()
    if (!(await load())) throw error.value ?? cause
    drawing.give((order, transfer) => client?.order(order, transfer))
    status.value = 'running'
    return !signal.aborted
  }

  async function consume(
    { image, ...picture }: Picture,
    signal: AbortSignal,
    again: AbortController,
  ): Promise<void> {
    if (!client || signal.aborted || status.value === 'paused') return image.close()
    const found = await client.estimate({ image, ...picture, inSet: options.inSet?.() ?? false })
    if (signal.aborted || again.signal.aborted) return
    others.value = found.others
    const changed = estimator.value !== null && estimator.value !== found.estimator
    estimator.value = found.estimator
    hasChanged.value ||= changed
    // The new one sees what the first one missed of a file, and of a camera there is no second look.
    if (changed && kind === 'video' && options.mayReadAgain?.()) {
      frames.value = progress.value = reachedMs = 0
      return again.abort()
    }
    reachedMs = picture.tMs + 1
    rate.add(performance.now())
    fps.value = rate.perSecond
    frames.value++
    frame.value = { ...picture, pose: found.pose, estimator: found.estimator }
    options.onPose?.(frame.value)
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
    given.value = null
    backend.value = null
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
    pose,
    frame: shallowReadonly(frame),
    estimator: readonly(estimator),
    others: readonly(others),
    hasChanged: readonly(hasChanged),
    conditions: shallowReadonly(conditions),
    hasRestarted: readonly(hasRestarted),
    surface: drawing.surface,
    isStale,
    load,
    renew,
    choose,
    start,
    stop,
    highlight,
    mark,
    dispose,
  }
}
