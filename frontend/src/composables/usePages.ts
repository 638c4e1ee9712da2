import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'

type Cursor = string | number

export interface Page<T, C extends Cursor = string> {
  results: T[]
  next_before: C | null
}

interface Pages<T> {
  rows: ShallowRef<T[]>
  loading: Ref<boolean>
  error: Ref<unknown>
  ready: ComputedRef<boolean>
  more: ComputedRef<boolean>
  /** From the newest on again. */
  reload: () => Promise<void>
  loadMore: () => Promise<void>
}

/** A list that comes page by page, newest first. A newer question overtakes an older answer. */
export function usePages<T, C extends Cursor = string>(ask: (before?: C) => Promise<Page<T, C>>): Pages<T> {
  const rows = shallowRef<T[]>([])
  const next = shallowRef<C | null>(null)
  const loading = ref(false)
  const error = ref<unknown>(null)
  const known = ref(false)
  let latest = 0

  async function load(before?: C): Promise<void> {
    const mine = ++latest
    loading.value = true
    error.value = null
    try {
      const page = await ask(before)
      if (mine !== latest) return
      rows.value = before !== undefined ? [...rows.value, ...page.results] : page.results
      next.value = page.next_before
      known.value = true
    } catch (caught) {
      if (mine === latest) error.value = caught
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  void load()
  return {
    rows,
    loading,
    error,
    ready: computed(() => known.value),
    more: computed(() => next.value !== null),
    reload: () => load(),
    loadMore: () => (next.value === null ? Promise.resolve() : load(next.value)),
  }
}
