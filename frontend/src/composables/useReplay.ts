import { useRafFn } from '@vueuse/core'
import { computed, ref, toValue, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import { clamp } from '@/discriminator/numbers'
import { endOf, startOf, stepFrom, type Film } from '@/lib/replay/film'
import { advanced, type Span, type Speed } from '@/lib/replay/playback'

export interface Replay {
  atMs: Readonly<Ref<number>>
  span: ComputedRef<Span>
  playing: Readonly<Ref<boolean>>
  speed: Ref<Speed>
  /** What is played again and again, if anything. */
  loop: Ref<Span | null>
  play: () => void
  pause: () => void
  toggle: () => void
  /** Outside of what is repeated, the repeating ends. */
  seek: (ms: number) => void
  /** Frames on, or back; playing stops, as whoever looks at one frame wants it to. */
  step: (frames: number) => void
}

/** A page that was out of sight goes on where it stopped. */
const LONGEST_STEP_MS = 250

/** A film's clock, on the browser's animation frames. */
export function useReplay(film: MaybeRefOrGetter<Film | null>): Replay {
  const atMs = ref(0)
  const speed = ref<Speed>(1)
  const loop = ref<Span | null>(null)
  const span = computed<Span>(() => {
    const shown = toValue(film)
    return shown ? { startMs: startOf(shown), endMs: endOf(shown) } : { startMs: 0, endMs: 0 }
  })
  const clock = useRafFn(
    ({ delta }) => {
      const passed = Math.min(delta, LONGEST_STEP_MS)
      const next = advanced(atMs.value, passed, speed.value, loop.value ?? span.value, loop.value !== null)
      atMs.value = next.atMs
      // After this frame has asked for the next one, so that it is that one which is cancelled.
      if (next.ended) queueMicrotask(clock.pause)
    },
    { immediate: false },
  )

  function play(): void {
    if (!toValue(film)) return
    const { startMs, endMs } = loop.value ?? span.value
    if (atMs.value >= endMs || atMs.value < startMs) atMs.value = startMs
    clock.resume()
  }

  function seek(ms: number): void {
    atMs.value = clamp(ms, span.value.startMs, span.value.endMs)
    const { startMs, endMs } = loop.value ?? span.value
    if (atMs.value < startMs || atMs.value > endMs) loop.value = null
  }

  function step(frames: number): void {
    const shown = toValue(film)
    clock.pause()
    if (shown) seek(stepFrom(shown, atMs.value, frames))
  }

  return {
    atMs,
    span,
    playing: clock.isActive,
    speed,
    loop,
    play,
    seek,
    step,
    pause: clock.pause,
    toggle: () => (clock.isActive.value ? clock.pause() : play()),
  }
}
