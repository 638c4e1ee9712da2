import { useEventListener } from '@vueuse/core'

const TYPING = 'input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu]'

/** Single letters that do something on this page, unless somebody is typing or chooses from a list. */
export function useLetterKeys(actions: Readonly<Record<string, () => void>>): void {
  useEventListener(window, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return
    if (event.target instanceof Element && event.target.closest(TYPING)) return
    const act = actions[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  })
}
