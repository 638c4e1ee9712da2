import { useIntervalFn } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { useFormat } from '@/composables/useFormat'

/** The athlete's local day, "2026-11-22"; a page that stays open goes on to the next one. */
export function useToday(): Ref<string> {
  const format = useFormat()
  const now = (): string => format.localDay(new Date().toISOString())
  const today = ref(now())
  useIntervalFn(() => (today.value = now()), 60_000)
  return today
}
