/**
 * A recorded set, found and counted on this device like any other, and kept nowhere: no account, no workout, no trend.
 *
 * idle → loading → counting → done, or failed at any time; `error` says why.
 */
import { computed, readonly, ref, shallowRef, type Ref } from 'vue'
import film from '@/assets/demo.webm'
import type { Attempt } from '@/api/types'
import { movementOf } from '@/lib/movement'
import { PoseError } from '@/pose/errors'
import { keypointsOf } from '@/pose/jointKeypoints'
import { paced } from '@/pose/paced'
import { useAttempts } from './useAttempts'
import { useCues } from './useCues'
import { useLiveMessage } from './useLiveMessage'
import { useOwnCount } from './useOwnCount'
import { usePoseLoop } from './usePoseLoop'
import { useRange } from './useRange'
import { useTelling } from './useTelling'
import { useVideoFile } from './useVideoFile'

export type DemoStatus = 'idle' | 'loading' | 'counting' | 'done' | 'failed'

export interface DemoOptions {
  video: Ref<HTMLVideoElement | null>
  canvas: Ref<HTMLCanvasElement | null>
}

/** What the film shows; the network is not told. */
const SHOWN = { slug: 'squat', kind: 'reps', joints: ['knee', 'hip'] } as const
const movement = movementOf({ ...SHOWN, joints: [...SHOWN.joints] })

async function fetchFilm(): Promise<File> {
  const answer = await fetch(film).catch(() => null)
  if (!answer?.ok) throw new PoseError('model_unreachable', 'The recorded set could not be fetched.')
  return new File([await answer.blob()], 'demo.webm', { type: 'video/webm' })
}

export function useDemo({ video, canvas }: DemoOptions) {
  const status = ref<DemoStatus>('idle')
  const error = shallowRef<PoseError | null>(null)
  /** Another name for every run: what is told begins anew. */
  const run = ref<string | null>(null)
  let runs = 0

  const file = useVideoFile({ video, fps: 15 })
  const own = useOwnCount()
  const loop = usePoseLoop({ canvas, onPose: (frame) => own.push(frame) })

  const counting = computed(() => status.value === 'counting')
  const count = computed(() => own.count.value?.rep_count ?? 0)
  const picture = computed(() => ({
    width: file.info.value?.widthPx ?? 0,
    height: file.info.value?.heightPx ?? 0,
  }))

  const exercise = ref(SHOWN.slug)
  const { reading, tempo } = useRange({
    frame: loop.frame,
    exercise,
    movement: ref(movement),
    count,
    counting,
  })
  const nobodyElse = shallowRef<Attempt | null>(null)
  const attempt = useAttempts({ setId: run, own: own.count, server: nobodyElse })
  const cue = useCues({ setId: run, count: own.count })
  const joint = ref(movement?.joint ?? null)
  const message = useLiveMessage({ exercise, joint, attempt, cue, counting })
  useTelling({ listening: counting, count, message })

  function fail(cause: unknown): void {
    error.value = PoseError.from(cause)
    status.value = 'failed'
  }

  /** Plays the set from its start. Never rejects. */
  async function play(): Promise<void> {
    status.value = 'loading'
    error.value = null
    try {
      own.load()
      if (!(await file.open(await fetchFilm()))) throw file.error.value ?? new Error('closed')
      if (!(await loop.load())) throw loop.error.value ?? new Error('closed')
    } catch (cause) {
      return fail(cause)
    }
    if (!file.source.value) return
    run.value = `demo-${++runs}`
    own.start(run.value, null)
    loop.highlight(SHOWN.joints.flatMap(keypointsOf))
    status.value = 'counting'
    await loop.start(paced(file.source.value))
    if (loop.status.value === 'failed') return fail(loop.error.value)
    if (loop.status.value !== 'ended') return
    own.finish()
    status.value = 'done'
  }

  return {
    status: readonly(status),
    error: readonly(error),
    own,
    loop,
    file,
    picture,
    count,
    reading,
    tempo,
    message,
    play,
  }
}
