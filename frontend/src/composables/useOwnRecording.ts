/**
 * Showing an exercise: camera or video file in, the frames of one recording out.
 *
 * idle → loading → (ready → countdown →) recording → done; a file is read as soon as it is open. `watching` is the
 * camera without a recording, for a try-out.
 */
import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { visibility, type StampedFrame } from '@/pose/frame'
import type { PoseError } from '@/pose/errors'
import { useCamera } from './useCamera'
import { usePoseLoop } from './usePoseLoop'
import { useSounds } from './useSounds'
import { useVideoFile } from './useVideoFile'

export type RecordingStatus = 'idle' | 'loading' | 'ready' | 'countdown' | 'recording' | 'done'

export interface OwnRecordingOptions {
  video: Ref<HTMLVideoElement | null>
  canvas: Ref<HTMLCanvasElement | null>
  /** Every frame while the camera is open, recorded or not. */
  onFrame?: (frame: StampedFrame) => void
}

export const LONGEST_S = 60
const COUNTDOWN_S = 5
/** Of the keypoints, for somebody to be wholly in the picture. */
const WHOLE = 0.8

export function useOwnRecording({ video, canvas, onFrame }: OwnRecordingOptions) {
  const status = ref<RecordingStatus>('idle')
  const source = ref<'camera' | 'video' | null>(null)
  const frames = shallowRef<StampedFrame[]>([])
  const left = ref(0)
  const elapsedS = ref(0)
  const isSeen = ref(false)
  const wasLong = ref(false)
  const sounds = useSounds()
  const camera = useCamera({ video })
  const file = useVideoFile({ video, fps: 15 })
  const loop = usePoseLoop({ canvas, onPose })
  const error = computed<PoseError | null>(() => camera.error.value ?? file.error.value ?? loop.error.value)
  let taken: StampedFrame[] = []

  function onPose(frame: StampedFrame): void {
    isSeen.value = visibility(frame.pose) >= WHOLE
    onFrame?.(frame)
    if (status.value !== 'recording') return
    taken.push({ ...frame, pose: frame.pose.slice() })
    elapsedS.value = (frame.tMs - taken[0].tMs) / 1000
    if (elapsedS.value < LONGEST_S) return
    wasLong.value = true
    stop()
  }

  async function openCamera(): Promise<boolean> {
    await begin('camera')
    const opened = (await camera.open()) && (await loop.load())
    if (!opened || !camera.source.value) return fail()
    status.value = 'ready'
    void loop.start(camera.source.value).then(() => status.value !== 'done' && close())
    return true
  }

  async function openVideo(picked: File): Promise<boolean> {
    await begin('video')
    const opened = (await file.open(picked)) && (await loop.load())
    if (!opened || !file.source.value) return fail()
    record()
    await loop.start(file.source.value)
    if (loop.status.value === 'failed') return fail()
    if (status.value === 'recording') stop()
    return true
  }

  /** Counts down, so that there is time to walk into the picture. */
  function countDown(): void {
    left.value = COUNTDOWN_S
    status.value = 'countdown'
    ticking.resume()
  }

  const ticking = useIntervalFn(
    () => {
      left.value--
      if (left.value > 0) return sounds.play('tick')
      ticking.pause()
      sounds.play('go')
      record()
    },
    1_000,
    { immediate: false },
  )

  function record(): void {
    taken = []
    elapsedS.value = 0
    wasLong.value = false
    status.value = 'recording'
  }

  /** Ends the recording; what was taken is in `frames`. */
  function stop(): void {
    ticking.pause()
    if (status.value === 'recording') {
      frames.value = taken
      status.value = 'done'
    } else {
      status.value = 'idle'
    }
    close()
  }

  function close(): void {
    ticking.pause()
    loop.stop()
    camera.close()
    file.close()
    if (status.value !== 'done') status.value = 'idle'
  }

  async function begin(from: 'camera' | 'video'): Promise<void> {
    close()
    source.value = from
    status.value = 'loading'
    isSeen.value = false
  }

  function fail(): boolean {
    close()
    status.value = 'idle'
    return false
  }

  watch(loop.status, (now) => {
    if (now === 'failed') fail()
  })

  return {
    status,
    source,
    frames,
    left,
    elapsedS,
    isSeen,
    wasLong,
    error,
    loop,
    file,
    openCamera,
    openVideo,
    countDown,
    stop,
    close,
  }
}
