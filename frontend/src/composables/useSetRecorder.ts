/** Frames of the running set into clips, and those into the outbox. What is seen outside a set is kept by nobody. */
import { computed, ref } from 'vue'
import type { Source } from '@/api/types'
import type { SetAim } from '@/stores/workout'
import { ClipBuffer } from '@/pose/clip'
import type { Frame, StampedFrame } from '@/pose/frame'
import { useWorkoutStore } from '@/stores/workout'

/** A camera wants its count soon; a file has no hurry and sends less often. */
const CLIP_MS: Record<Source, number> = { camera: 1_000, video: 5_000 }

/** `onFrame` gets every frame of a running set, on the set's clock. */
export function useSetRecorder(onFrame: (frame: Frame) => void = () => undefined) {
  const workouts = useWorkoutStore()
  const setId = ref<string | null>(null)
  const failure = ref<unknown>(null)
  const recording = computed(() => setId.value !== null && workouts.openSet?.id === setId.value)
  let buffer: ClipBuffer | null = null
  let source: Source = 'camera'
  let kept: Promise<void> = Promise.resolve()
  let offsetMs = 0
  let lastMs = 0
  let lastSeenAt = 0

  /** Answers whether the set could begin; `failure` says why not. */
  async function start(exercise: string | null, from: Source, aim: SetAim = {}): Promise<boolean> {
    source = from
    buffer = null
    offsetMs = lastMs = 0
    failure.value = null
    try {
      setId.value = (await workouts.startSet(exercise, from, aim)).id
      return true
    } catch (error) {
      failure.value = error
      return false
    }
  }

  function keep(clip: ReturnType<ClipBuffer['flush']>): void {
    if (!clip) return
    kept = Promise.all([kept, workouts.addClip(clip)]).then(
      () => undefined,
      (error: unknown) => void (failure.value = error),
    )
  }

  /** A camera that was plugged back in counts from 0 again: its frames follow where the set has got to. */
  function onSetClock(frame: StampedFrame): StampedFrame {
    if (frame.tMs + offsetMs < lastMs) offsetMs = lastMs - frame.tMs + (performance.now() - lastSeenAt)
    lastMs = frame.tMs + offsetMs
    lastSeenAt = performance.now()
    return { ...frame, tMs: lastMs }
  }

  /** For every frame of the source; only those of a running set are kept. */
  function push(raw: StampedFrame): void {
    if (!recording.value) return
    const frame = onSetClock(raw)
    buffer ??= new ClipBuffer({
      originMs: source === 'camera' ? frame.tMs : 0,
      maxMs: CLIP_MS[source],
    })
    onFrame(frame)
    try {
      keep(buffer.push(frame))
    } catch (error) {
      failure.value = error
    }
  }

  /** Forgets the frames of a set of which no clip was cut yet; answers whether that was so. */
  function startOver(): boolean {
    if (!recording.value || (buffer?.count ?? 0) > 0) return false
    buffer = null
    offsetMs = lastMs = 0
    return true
  }

  /** Sends what is left and ends the set; resolves when all of it is kept on this device. */
  async function finish(): Promise<void> {
    if (!recording.value) return
    keep(buffer?.flush() ?? null)
    buffer = null
    await kept
    await workouts.finishSet().catch((error: unknown) => (failure.value = error))
  }

  return { setId, recording, failure, start, push, startOver, finish }
}
