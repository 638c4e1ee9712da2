import { useDocumentVisibility } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'

/** Whole seconds of a running set in which the page was out of sight, and so was the athlete; 0 with each new set. */
export function useHiddenTime(running: Readonly<Ref<boolean>>) {
  const hiddenS = ref(0)
  const visibility = useDocumentVisibility()
  let sinceMs: number | null = null

  watch(running, (now) => {
    if (now) hiddenS.value = 0
    sinceMs = now && visibility.value === 'hidden' ? performance.now() : null
  })
  watch(visibility, (now) => {
    if (now === 'hidden') sinceMs = running.value ? performance.now() : null
    else if (sinceMs !== null) {
      hiddenS.value += Math.round((performance.now() - sinceMs) / 1_000)
      sinceMs = null
    }
  })
  return readonly(hiddenS)
}
