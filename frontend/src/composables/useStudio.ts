/**
 * The training page as a state machine: source → model → sets → result.
 *
 * choosing → loading → ready → counting → waiting → done; a recorded video goes from loading to counting by itself.
 * It joins the parts and knows no pixels and no sentences.
 */
import { createEventHook, promiseTimeout, watchDebounced } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import type { SetDetail, Source } from '@/api/types'
import { getSetNow } from '@/api/workouts'
import type { StudioStatus } from '@/components/studio/types'
import type { StampedFrame } from '@/pose/frame'
import { ANGLES, type AngleName } from '@/pose/skeleton'
import { useExerciseStore } from '@/stores/exercises'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore, type SetAim } from '@/stores/workout'
import { useCamera } from './useCamera'
import { useLiveSet } from './useLiveSet'
import { useOwnCount } from './useOwnCount'
import { usePoseLoop } from './usePoseLoop'
import { useSetRecorder } from './useSetRecorder'
import { useShownCount } from './useShownCount'
import { useVideoFile } from './useVideoFile'

/** How long "Finish workout" waits for the network before it goes on without. */
const LAST_WRITES_MS = 8_000
/** Who turns a knob turns it on: the detector is loaded again when it has come to rest. */
const SETTLING_MS = 600

export interface StudioOptions {
  video: Ref<HTMLVideoElement | null>
  canvas: Ref<HTMLCanvasElement | null>
  exercise: Ref<string | null>
  /** The camera used last; kept up to date. */
  cameraId: Ref<string | null>
  /** What the next set is for. */
  aim?: Ref<SetAim>
}

/** The server answers 404 for a set that still waits in the outbox. */
async function fetchSet(id: string): Promise<SetDetail | null> {
  try {
    return await getSetNow(id)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Indices of the keypoints whose angles drive the exercise. */
export function jointsOf(names: readonly string[]): number[] {
  return names.flatMap((name) =>
    (['left', 'right'] as const).flatMap((side) => ANGLES[`${side}_${name}` as AngleName]?.[1] ?? []),
  )
}

export function useStudio({ video, canvas, exercise, cameraId, aim }: StudioOptions) {
  const workouts = useWorkoutStore()
  const outbox = useOutboxStore()
  const exercises = useExerciseStore()
  const status = ref<StudioStatus>('choosing')
  /** Chosen last. */
  const source = ref<Source | null>(null)
  const fileEnded = ref(false)
  const picture = shallowRef({ width: 0, height: 0 })
  const seen = createEventHook<StampedFrame>()

  const camera = useCamera({ video })
  const file = useVideoFile({ video })
  const loop = usePoseLoop({ canvas, onPose, inSet: () => recorder.recording.value, mayReadAgain })
  const own = useOwnCount()
  const recorder = useSetRecorder(own.push)
  /** Nobody listens for a workout that the server has not heard of. */
  const announced = ref<string | null>(null)
  watch([() => workouts.workout?.id ?? null, () => outbox.state.pending], ([id, pending]) => {
    if (id === null || pending === 0) announced.value = id
  })
  const discarded = computed(() => workouts.sets.every(({ id }) => id !== recorder.setId.value))
  const live = useLiveSet({
    workoutId: announced,
    setId: computed(() => (discarded.value ? null : recorder.setId.value)),
    finished: computed(() => status.value === 'waiting' || status.value === 'done'),
    fetchSet,
  })

  const { shown, ownResult } = useShownCount(live, own)

  watch(own.count, (count) => {
    if (count && recorder.setId.value) workouts.noteOwn(recorder.setId.value, count)
  })

  function onPose(frame: StampedFrame): void {
    const { width, height } = picture.value
    if (frame.widthPx !== width || frame.heightPx !== height) {
      picture.value = { width: frame.widthPx, height: frame.heightPx }
    }
    recorder.push(frame)
    void seen.trigger(frame)
  }

  /** A file may be read again as long as nothing of it is on its way to the server. */
  function mayReadAgain(): boolean {
    if (!recorder.startOver()) return false
    own.start(recorder.setId.value ?? '', exercise.value, exercises.templateOf(exercise.value))
    return true
  }

  watch(live.done, (done) => {
    if (done && status.value === 'waiting') status.value = 'done'
  })
  const joints = computed(() => {
    const slug = shown.value?.exercise ?? exercise.value
    return jointsOf(exercises.items.find((item) => item.slug === slug)?.joints ?? [])
  })
  watch([joints, status], () => loop.highlight(joints.value))

  /** Other settings hold at once between sets, and never in the middle of one. */
  const mayRenew = computed(
    () => ['ready', 'waiting', 'done'].includes(status.value) && source.value === 'camera',
  )
  watchDebounced(
    [loop.isStale, mayRenew],
    async ([isStale, may]) => {
      if (!isStale || !may) return
      const before = status.value
      status.value = 'loading'
      const renewed = await loop.renew()
      if (status.value !== 'loading') return
      status.value = !renewed ? 'choosing' : before === 'waiting' && live.done.value ? 'done' : before
    },
    { debounce: SETTLING_MS },
  )

  function backToChoice(): void {
    status.value = 'choosing'
  }

  /** Opens this camera, else the one used last, else any. In the middle of a set the set goes on. */
  async function openCamera(wanted?: string): Promise<void> {
    const running = recorder.recording.value
    source.value = 'camera'
    if (!running) status.value = 'loading'
    loop.stop()
    file.close()
    const last = wanted ?? cameraId.value ?? undefined
    // The remembered camera may stand in another room today.
    const opened = (await camera.open(last)) || (!wanted && last !== undefined && (await camera.open()))
    if (!opened) return running ? undefined : backToChoice()
    cameraId.value = camera.deviceId.value
    if (!(await loop.load())) return fail()
    own.load()
    if (!running) status.value = 'ready'
    void watchCamera()
  }

  /** A camera that was unplugged in the middle of a set and is back goes on by itself. */
  watch(camera.devices, (devices) => {
    const isGone = loop.error.value?.code === 'camera_ended' && source.value === 'camera'
    const isBack = devices.some(({ deviceId }) => deviceId === cameraId.value)
    if (isGone && isBack && recorder.recording.value) void openCamera()
  })

  /** Runs until the page stops it or the camera goes away; a running set then still has what was seen. */
  async function watchCamera(): Promise<void> {
    const pictures = camera.source.value
    if (!pictures) return
    await loop.start(pictures)
    if (loop.status.value === 'failed' && status.value === 'ready') backToChoice()
  }

  async function openVideo(picked: File): Promise<void> {
    source.value = 'video'
    status.value = 'loading'
    camera.close()
    fileEnded.value = false
    const opened = await file.open(picked)
    if (!opened || !file.source.value) return backToChoice()
    if (!(await loop.load())) return fail()
    if (!(await startSet())) return backToChoice()
    await loop.start(file.source.value)
    fileEnded.value = loop.status.value === 'ended'
    await finishSet()
  }

  function fail(): void {
    leave()
    status.value = 'failed'
  }

  /** Answers whether a set is running now. */
  async function startSet(): Promise<boolean> {
    // One whose last clips are still being kept is no longer running.
    if (!source.value || recorder.recording.value) return status.value === 'counting'
    if (!(await recorder.start(exercise.value, source.value, aim?.value))) return false
    own.start(recorder.setId.value ?? '', exercise.value, exercises.templateOf(exercise.value))
    status.value = 'counting'
    return true
  }

  async function finishSet(): Promise<void> {
    if (status.value !== 'counting') return
    status.value = 'waiting'
    own.finish()
    await recorder.finish()
  }

  function leave(): void {
    loop.stop()
    camera.close()
    file.close()
  }

  /** Ends the workout. Answers its id, and whether the server has all of it. */
  async function finishWorkout(): Promise<{ id: string; sent: boolean } | null> {
    await finishSet()
    leave()
    const id = await workouts.finish()
    if (!id) return null
    if (!navigator.onLine) return { id, sent: false }
    const late = promiseTimeout(LAST_WRITES_MS).then(() => false)
    return { id, sent: await Promise.race([outbox.drained(), late]) }
  }

  return {
    status,
    source,
    fileEnded,
    picture,
    discarded,
    camera,
    file,
    loop,
    recorder,
    live,
    own,
    ownResult,
    shown,
    /** Tells every frame, in a set or not. */
    onSeen: seen.on,
    openCamera,
    openVideo,
    startSet,
    finishSet,
    finishWorkout,
    backToChoice,
    leave,
  }
}
