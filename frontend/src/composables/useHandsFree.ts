/** What a set needs when nobody touches the device: keys for a remote, a guard on the tab. */
import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'

const OWN_KEYS = 'button, a, input, select, textarea, [role="dialog"]'

export interface HandsFreeOptions {
  counting: Readonly<Ref<boolean>>
  /** Space or Enter: what comes next. */
  onKey: () => void
}

export function useHandsFree({ counting, onKey }: HandsFreeOptions): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.repeat || (event.key !== ' ' && event.key !== 'Enter')) return
    // A focused control has its own meaning for these keys.
    if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return
    event.preventDefault()
    onKey()
  })

  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (counting.value) event.preventDefault()
  })
}
