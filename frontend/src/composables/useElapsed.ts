/** Seconds since `running` became true, told twice a second; stands still at 0 otherwise. */
import { useIntervalFn } from '@vueuse/core'
import { readonly, ref, watch, type Ref } from 'vue'

export function useElapsed(running: Readonly<Ref<boolean>>): Readonly<Ref<number>> {
  const elapsed = ref(0)
  let since = 0
  const { pause, resume } = useIntervalFn(() => (elapsed.value = (performance.now() - since) / 1000), 500, {
    immediate: false,
  })
  watch(running, (now) => {
    since = performance.now()
    elapsed.value = 0
    if (now) resume()
    else pause()
  })
  return readonly(elapsed)
}
