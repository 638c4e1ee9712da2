/** What of the body the camera sees, held still for a moment so that a flicker says nothing. */
import { refDebounced } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { sightOf, type Sight } from '@/components/studio/sight'
import type { Pose } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'

const STEADY_MS = 700

export function useSight(pose: Readonly<Ref<Pose | null>>): Readonly<Ref<Sight | null>> {
  const sight = computed(() => {
    const seen = pose.value
    return seen && sightOf(Array.from({ length: K }, (_, k) => seen[k * C + 2] ?? 0))
  })
  return refDebounced(sight, STEADY_MS)
}
