import { nextTick } from 'vue'
import { useRouter } from 'vue-router'

const TRANSITION_MS = 200

/** After a change of page the focus goes to its heading, so that a screen reader reads on from there. */
export function usePageFocus(): void {
  const router = useRouter()
  router.afterEach((to, from, failure) => {
    if (failure || from.matched.length === 0 || to.path === from.path) return
    void nextTick(() => setTimeout(focusHeading, TRANSITION_MS))
  })
}

function focusHeading(): void {
  const target = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main')
  if (!target || document.querySelector('[autofocus]') === document.activeElement) return
  target.tabIndex = -1
  target.focus({ preventScroll: true })
}
