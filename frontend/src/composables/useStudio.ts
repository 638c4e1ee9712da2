/**
 * The training page as a state machine: source → model → sets → result.
 *
 * choosing → loading → ready → counting → waiting → done; a recorded video goes from loading to counting by itself.
 * It joins the parts and knows no pixels and no sentences.
 */
import { promiseTimeout } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import type { SetDetail, Source } from '@/api/types'
import { getSet } from '@/api/workouts'
import type { StudioStatus } from '@/components/studio/types'
import type { Frame } from '@/pose/frame'
import { ANGLES, type AngleName } from '@/pose/skeleton'
import { useExerciseStore } from '@/stores/exercises'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore } from '@/stores/workout'
import { useCamera } from './useCamera'
import { useLiveSet } from './useLiveSet'
import { usePoseLoop } from './usePoseLoop'
import { useSetRecorder } from './useSetRecorder'
import { useVideoFile } from './useVideoFile'

/** How long "Finish workout" waits for the network before it goes on without. */
const LAST_WRITES_MS = 8_000

export interface StudioOptions {
  video: Ref<HTMLVideoElement | null>
  canvas: Ref<HTMLCanvasElement | null>
  exercise: Ref<string | null>
}

/** The server answers 404 for a set that still waits in the outbox. */
async function fetchSet(id: string): Promise<SetDetail | null> {
  try {
    return await getSet(id)
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

export function useStudio({ video, canvas, exercise }: StudioOptions) {
  const workouts = useWorkoutStore()
  const outbox = useOutboxStore()
  const exercises = useExerciseStore()
  const status = ref<StudioStatus>('choosing')
  const source = ref<Source | null>(null)
  const fileEnded = ref(false)
  const picture = shallowRef({ width: 0, height: 0 })

  const camera = useCamera({ video })
  const file = useVideoFile({})
  const loop = usePoseLoop({ canvas, onPose })
  const recorder = useSetRecorder(() => loop.estimator.value)
  const discarded = computed(() => workouts.sets.every(({ id }) => id !== recorder.setId.value))
  const live = useLiveSet({
    workoutId: computed(() => workouts.workout?.id ?? null),
    setId: recorder.setId,
    finished: computed(() => status.value === 'waiting' && !discarded.value),
    fetchSet,
  })

  function onPose(frame: Frame): void {
    const { width, height } = picture.value
    if (frame.widthPx !== width || frame.heightPx !== height) {
      picture.value = { width: frame.widthPx, height: frame.heightPx }
    }
    recorder.push(frame)
  }

  watch(live.done, (done) => {
    if (done && status.value === 'waiting') status.value = 'done'
  })
  watch(
    () => live.set.value?.exercise ?? exercise.value,
    (slug) => {
      const found = exercises.items.find((item) => item.slug === slug)
      loop.highlight(jointsOf(found?.joints ?? []))
    },
  )

  function backToChoice(): void {
    status.value = 'choosing'
    source.value = null
  }

  async function openCamera(deviceId?: string): Promise<void> {
    source.value = 'camera'
    status.value = 'loading'
    const opened = await camera.open(deviceId)
    if (!opened) return backToChoice()
    if (!(await loop.load())) return fail()
    status.value = 'ready'
    watchCamera()
  }

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
    fileEnded.value = false
    const opened = await file.open(picked)
    if (!opened || !file.source.value) return backToChoice()
    if (!(await loop.load())) return fail()
    if (!(await startSet())) return backToChoice()
    await loop.start(file.source.value)
    fileEnded.value = true
    await finishSet()
  }

  function fail(): void {
    status.value = 'failed'
  }

  /** Answers whether a set is running now. */
  async function startSet(): Promise<boolean> {
    if (!source.value || recorder.recording.value) return recorder.recording.value
    if (!(await recorder.start(exercise.value, source.value))) return false
    status.value = 'counting'
    return true
  }

  async function finishSet(): Promise<void> {
    if (status.value !== 'counting') return
    status.value = 'waiting'
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
    const sent = outbox.drained().then(() => true)
    return { id, sent: await Promise.race([sent, promiseTimeout(LAST_WRITES_MS).then(() => false)]) }
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
    openCamera,
    openVideo,
    startSet,
    finishSet,
    finishWorkout,
    backToChoice,
    leave,
  }
}
