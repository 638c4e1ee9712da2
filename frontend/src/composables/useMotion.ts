/** A drawing that moves while somebody can see it and wants it to. */
import { useElementVisibility, useMediaQuery, useRafFn } from '@vueuse/core'
import { computed, ref, watch, type Ref } from 'vue'
import { isFar, moves, postureAt, repMs } from '@/lib/motion'
import type { Drawing } from '@/lib/postures'

export interface MotionOptions {
  drawing: Readonly<Ref<Drawing | undefined>>
  root: Readonly<Ref<Element | null>>
  wanted: Readonly<Ref<boolean>>
}

/** Longer pauses between two pictures are a tab that was away. */
const LONGEST_STEP_MS = 100

/** The posture of now, and whose turn it is; null while the picture stands still, which it does for who asks for less motion. */
export function useMotion({ drawing, root, wanted }: MotionOptions) {
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)')
  const visible = useElementVisibility(root as Ref<HTMLElement | SVGElement | null>)
  const elapsed = ref(0)
  const moving = computed(() => {
    const { value } = drawing
    return wanted.value && !reduced.value && value !== undefined && moves(value)
  })

  const frames = useRafFn(({ delta }) => (elapsed.value += Math.min(delta, LONGEST_STEP_MS)), {
    immediate: false,
  })
  watch([moving, visible], ([moves, seen]) => (moves && seen ? frames.resume() : frames.pause()), {
    immediate: true,
  })
  /** Goes on from the still picture, which shows the turn. */
  watch([drawing, moving], () => (elapsed.value = drawing.value ? repMs(drawing.value) / 2 : 0), {
    immediate: true,
  })

  return computed(() => {
    if (!moving.value || !drawing.value) return null
    return { posture: postureAt(drawing.value, elapsed.value), far: isFar(drawing.value, elapsed.value) }
  })
}
