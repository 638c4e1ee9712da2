/** Keys of a replay, while the focus is in it. A control that uses a key itself keeps it. */
export interface KeyActions {
  toggle: () => void
  step: (frames: number) => void
  /** One repetition on, or back. */
  rep: (step: number) => void
  /** The repetition of this number, from 1. */
  number: (rep: number) => void
  loop: () => void
  /** Says something about the moment that is shown. */
  comment: () => unknown
}

const TYPING = 'textarea, select, [role=combobox], [role=listbox], input:not([type=range], [type=radio])'

/** The space bar presses a button, arrows move within a choice: those are not ours to take. */
function isKept(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(TYPING)) return true
  if (key === ' ') return target.closest('button, input') !== null
  return key.startsWith('Arrow') && target.closest('input') !== null
}

export function useReplayKeys(actions: KeyActions): (event: KeyboardEvent) => void {
  function actionOf(event: KeyboardEvent): (() => unknown) | null {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step) return () => (event.shiftKey ? actions.rep(step) : actions.step(step))
    if (event.key === ' ') return actions.toggle
    if (event.key.toLowerCase() === 'l') return actions.loop
    if (event.key.toLowerCase() === 'c') return actions.comment
    if (/^[0-9]$/.test(event.key)) return () => actions.number(Number(event.key) || 10)
    return null
  }

  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (isKept(event.target, event.key)) return
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    act()
  }
}
