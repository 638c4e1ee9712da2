/** Keys of a grid of tiles: numbers go to a tile, Escape leaves a large one. Enter belongs to the tile itself. */
import { useEventListener } from '@vueuse/core'

const TYPES = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'

export interface TileKeysOptions {
  /** From 0; a tile that is not there is nobody's. */
  focus: (index: number) => void
  leave: () => void
}

export function useTileKeys({ focus, leave }: TileKeysOptions): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return leave()
    if (!/^[0-9]$/.test(event.key)) return
    // A digit that is being written is no key.
    if (event.target instanceof Element && event.target.closest(TYPES)) return
    event.preventDefault()
    focus((Number(event.key) + 9) % 10)
  })
}
