/** Why the athlete is hard to see, in words to be: too dark, too few pictures. A border case does not flicker. */
import { computed, readonly, ref, watch, type Ref } from 'vue'
import type { Conditions } from '@/pose/conditions'

/** Below `on` it is said, above `off` no longer. */
const DARK = { on: 0.12, off: 0.17 }
const SLOW_FPS = { on: 10, off: 12 }

export type Hindrance = 'dark' | 'camera_slow'

export function useHardToSee(conditions: Readonly<Ref<Conditions | null>>) {
  const dark = ref(false)
  const slow = ref(false)
  watch(conditions, (now) => {
    dark.value = now !== null && now.luma < (dark.value ? DARK.off : DARK.on)
    slow.value = now !== null && now.fps < (slow.value ? SLOW_FPS.off : SLOW_FPS.on)
  })
  /** In the dark a camera is slow because it is dark: one sentence will do. */
  const hindrance = computed<Hindrance | null>(() =>
    dark.value ? 'dark' : slow.value ? 'camera_slow' : null,
  )
  return readonly(hindrance)
}
