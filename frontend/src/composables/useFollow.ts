/** A tap on the picture chooses whom to follow. */
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Choice } from '@/pose/eye'
import type { Estimator } from '@/pose/skeleton'

export interface UseFollowOptions {
  stage: Ref<{ pointAt: (clientX: number, clientY: number) => { x: number; y: number } | null } | null>
  loop: {
    others: Readonly<Ref<number>>
    estimator: Readonly<Ref<Estimator | null>>
    choose: (choice: Choice) => void
  }
  counting: Readonly<Ref<boolean>>
}

/** What a tap means for itself. */
const CONTROLS = 'a, button, input, select, label, summary, .card, .notices, .panel > *, [role=dialog]'

export function useFollow({ stage, loop, counting }: UseFollowOptions): {
  tap: (event: MouseEvent) => void
  mayTap: ComputedRef<boolean>
} {
  /** MoveNet sees one person where it is told to look; in a set a stray tap must not lead it away. */
  const mayTap = computed(
    () =>
      loop.others.value > 0 || (!counting.value && (loop.estimator.value?.startsWith('movenet') ?? false)),
  )

  function tap({ target, clientX, clientY }: MouseEvent): void {
    if (!mayTap.value || (target as Element).closest(CONTROLS)) return
    const point = stage.value?.pointAt(clientX, clientY)
    if (point) loop.choose(point)
  }

  return { tap, mayTap }
}
