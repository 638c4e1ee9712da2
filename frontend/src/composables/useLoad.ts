import { useEventListener } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

interface Load<T> {
  data: ShallowRef<T | null>
  error: Ref<unknown>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/** Loads now, on demand and when the network is back; an answer that a newer question has overtaken is dropped. */
export function useLoad<T>(loader: () => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const error = ref<unknown>(null)
  const loading = ref(false)
  let latest = 0

  async function reload(): Promise<void> {
    const mine = ++latest
    loading.value = true
    error.value = null
    try {
      const value = await loader()
      if (mine === latest) data.value = value
    } catch (caught) {
      if (mine === latest) error.value = caught
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  onScopeDispose(() => latest++)
  useEventListener(window, 'online', () => void reload())
  void reload()
  return { data, error, loading, reload }
}
