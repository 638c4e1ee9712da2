import { computed, ref, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { getCalendar } from '@/api/athlete'
import type { TrainedDay } from '@/api/types'
import { useLoad } from '@/composables/useLoad'
import { useSubject } from '@/composables/useSubject'
import { addMonths, weeksOf } from '@/lib/calendar'

interface Month {
  month: Ref<string>
  weeks: ComputedRef<string[][]>
  trained: ComputedRef<Map<string, TrainedDay>>
  error: Ref<unknown>
  loading: Ref<boolean>
  data: ShallowRef<TrainedDay[] | null>
  reload: () => Promise<void>
  go: (months: number) => void
}

/** One month of training, with the days of its first and last week. */
export function useMonth(first: string): Month {
  const { athleteId } = useSubject()
  const month = ref(first)
  const weeks = computed(() => weeksOf(month.value))
  const loaded = useLoad(async () => {
    const days = weeks.value.flat()
    return (await getCalendar(days[0] ?? '', days.at(-1) ?? '', athleteId)).days
  })
  watch(month, loaded.reload)
  return {
    month,
    weeks,
    trained: computed(() => new Map((loaded.data.value ?? []).map((one) => [one.day, one]))),
    ...loaded,
    go: (months) => (month.value = addMonths(month.value, months)),
  }
}
