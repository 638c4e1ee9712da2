import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

/** Steps of one kind that follow within this time are one: a word is not undone letter by letter. */
const ONE_STEP_MS = 900
const MOST_STEPS = 100

interface Undo<T> {
  value: ShallowRef<T>
  /** `kind`: what is being changed, as "title". */
  set: (next: T, kind?: string) => void
  /** Begins anew, with nothing to undo. */
  reset: (next: T) => void
  undo: () => void
  redo: () => void
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
}

/** A value with its past. The value is never changed in place. */
export function useUndo<T>(first: T): Undo<T> {
  const value = shallowRef(first) as ShallowRef<T>
  const past = shallowRef<T[]>([])
  const future = shallowRef<T[]>([])
  let last = { kind: '', at: -Infinity }

  function set(next: T, kind = ''): void {
    if (next === value.value) return
    const at = performance.now()
    const goesOn = kind !== '' && kind === last.kind && at - last.at < ONE_STEP_MS
    if (!goesOn) past.value = [...past.value, value.value].slice(-MOST_STEPS)
    last = { kind, at }
    future.value = []
    value.value = next
  }

  function step(from: typeof past, to: typeof past): void {
    const found = from.value.at(-1)
    if (found === undefined) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, value.value]
    value.value = found
    last = { kind: '', at: -Infinity }
  }

  return {
    value,
    set,
    reset(next) {
      past.value = []
      future.value = []
      value.value = next
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
  }
}
