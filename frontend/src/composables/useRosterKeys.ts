import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'

interface RosterKeys {
  list: Readonly<Ref<HTMLElement | null>>
  search: () => void
  /** The row's place in the list, from 0. */
  toggle: (row: number) => void
}

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]'
const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/**
 * J and K (arrows within the list) go from row to row, X selects, / searches. Each row is focused at its first link,
 * so that Enter follows it, and Tab goes on from there.
 */
export function useRosterKeys({ list, search, toggle }: RosterKeys): void {
  const rows = (): HTMLElement[] => [...(list.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const current = (all: HTMLElement[]): number => all.findIndex((row) => row.contains(document.activeElement))

  function step(event: KeyboardEvent, by: number): void {
    const all = rows()
    const at = current(all)
    if (event.key.startsWith('Arrow') && at < 0) return // the page scrolls
    const to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]
    if (!to) return
    event.preventDefault()
    to.querySelector<HTMLElement>('[data-first]')?.focus()
    to.scrollIntoView({ block: 'nearest' })
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target instanceof Element && event.target.closest(TYPING)) return
    const by = STEPS[event.key]
    if (by !== undefined) step(event, by)
    else if (event.key === '/') {
      event.preventDefault()
      search()
    } else if (event.key === 'x') {
      const at = current(rows())
      if (at >= 0) toggle(at)
    }
  })
}
