import { useDebounceFn, useEventListener, useLocalStorage } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** unsaved: changed, and not to be sent yet. failed: to be tried again. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed'

interface Options<T> {
  /** Of this device, under which unsaved work waits. */
  key: string
  value: Readonly<Ref<T>>
  /** Whether it can be sent as it is; asked each time. */
  mayGo: () => boolean
  send: (value: T) => Promise<unknown>
  waitMs?: number
}

interface Autosave<T> {
  state: Ref<SaveState>
  error: ShallowRef<unknown>
  /** What was left unsaved on this device, or null. */
  kept: () => T | null
  /** The value stands as it is on the server. */
  settle: () => void
  /** Sends now what waits; true when nothing is left to send. */
  flush: () => Promise<boolean>
}

/** Sends a value a moment after it has changed, one at a time; what is not sent stays on this device. */
export function useAutosave<T>({ key, value, mayGo, send, waitMs = 1200 }: Options<T>): Autosave<T> {
  const state = ref<SaveState>('saved')
  const error = shallowRef<unknown>(null)
  const local = useLocalStorage<string | null>(key, null)
  let sent: T = value.value
  let running: Promise<boolean> | null = null

  async function run(): Promise<boolean> {
    const going = value.value
    state.value = 'saving'
    error.value = null
    try {
      await send(going)
      sent = going
    } catch (caught) {
      error.value = caught
      state.value = 'failed'
      return false
    }
    const isLatest = value.value === going
    state.value = isLatest ? 'saved' : 'unsaved'
    if (isLatest) local.value = null
    return isLatest
  }

  async function flush(): Promise<boolean> {
    await running
    if (value.value === sent) return true
    if (!mayGo()) return false
    running = run()
    const done = await running
    running = null
    return done
  }

  const later = useDebounceFn(flush, waitMs)
  watch(value, (now) => {
    if (now === sent) return
    state.value = 'unsaved'
    local.value = JSON.stringify(now)
    void later()
  })
  useEventListener(window, 'online', () => void flush())
  onScopeDispose(() => void flush())

  return {
    state,
    error,
    kept: () => (local.value === null ? null : (JSON.parse(local.value) as T)),
    settle() {
      sent = value.value
      state.value = 'saved'
      local.value = null
    },
    flush,
  }
}
