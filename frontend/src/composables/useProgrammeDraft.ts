import { useI18n } from 'vue-i18n'
import { ref, type Ref } from 'vue'
import type { Programme } from '@/api/plans'
import { usePlanWords } from '@/composables/usePlanWords'
import { draftOf, inserted, moved, newItem, newKey, type Draft, type DraftDay } from '@/lib/plan'
import { useNoticeStore } from '@/stores/notices'

interface ProgrammeDraft {
  draft: Ref<Draft>
  /** Begins with a copy of a programme: of one's own to change it, of ours to make it one's own. */
  take: (programme: Programme) => void
  addDay: () => void
  setDay: (at: number, day: DraftDay) => void
  moveDay: (from: number, to: number) => void
  removeDay: (at: number) => void
  /** The refusal that the page itself can tell, by the server's field names. */
  problems: () => Record<string, string[]>
}

/** A programme while it is being written. */
export function useProgrammeDraft(): ProgrammeDraft {
  const { t } = useI18n()
  const words = usePlanWords()
  const notices = useNoticeStore()
  const newDay = (week: number): DraftDay => ({
    key: newKey(),
    week,
    title: '',
    items: [newItem('squat', false)],
  })
  const draft = ref<Draft>({ title: '', weeks: 4, cycle_weeks: 1, days: [newDay(0)] })

  const put = (days: DraftDay[]): void => void (draft.value = { ...draft.value, days })

  function take(programme: Programme): void {
    const { slug, title, own } = programme
    const name = words.programme(slug, title)
    draft.value = draftOf(programme, own ? name : t('plan.copyOf', { title: name }), (day) =>
      day ? words.day(slug, day) : '',
    )
  }

  function removeDay(at: number): void {
    const gone = draft.value.days[at]
    if (!gone) return
    put(draft.value.days.filter((_, i) => i !== at))
    // What was written since stays.
    notices.offer(t('plan.dayRemoved'), t('app.undo'), () => put(inserted(draft.value.days, at, gone)))
  }

  function problems(): Record<string, string[]> {
    const found: Record<string, string[]> = {}
    if (!draft.value.title.trim()) found.title = [t('plan.needsName')]
    draft.value.days.forEach((day, i) => {
      if (day.items.length === 0) found[`days[${i}].items`] = [t('plan.needsItem')]
    })
    return found
  }

  return {
    draft,
    take,
    addDay: () => put([...draft.value.days, newDay(draft.value.days.at(-1)?.week ?? 0)]),
    setDay: (at, day) => put(draft.value.days.map((one, i) => (i === at ? day : one))),
    moveDay: (from, to) => put(moved(draft.value.days, from, to)),
    removeDay,
    problems,
  }
}
