import { nextTick, watch, type Ref } from 'vue'

const isNowhere = (): boolean =>
  document.activeElement === null ||
  document.activeElement === document.body ||
  document.activeElement.closest('.v-overlay') !== null

/** A dialog that closes gives the focus back to what had it, unless it has found another place meanwhile. */
export function useFocusReturn(open: Readonly<Ref<boolean>>): void {
  let before: Element | null = null

  async function follow(now: boolean): Promise<void> {
    if (now) {
      before = document.activeElement
      return
    }
    await nextTick()
    if (isNowhere() && before instanceof HTMLElement && before.isConnected) before.focus()
  }

  // At once: later the dialog has the focus itself.
  watch(open, (now) => void follow(now), { flush: 'sync' })
}
