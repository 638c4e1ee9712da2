import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Plan, PlannedWorkout } from '@/api/plans'
import type { Change } from '@/composables/useCoachPlan'
import { useForm } from '@/composables/useForm'
import { useFormat } from '@/composables/useFormat'
import { usePlanWords } from '@/composables/usePlanWords'
import { draftOfPlanned, withoutKey, type DraftDay } from '@/lib/plan'
import { newDay } from '@/lib/template'

interface Writing {
  title: string
  draft: DraftDay
  /** Whether others like it can be changed along. */
  mayFollow: boolean
  given: Change
}

interface WorkoutWriting {
  /** The workout that is being written, or none. */
  writing: ShallowRef<Writing | null>
  form: ReturnType<typeof useForm>
  /** Which workout was written last. */
  written: Ref<string | null>
  edit: (one: PlannedWorkout) => void
  add: (plan: Plan, day: string) => void
  save: (draft: DraftDay, following: boolean) => Promise<void>
}

/** Writing one workout of one athlete: one that is planned, or another one. `change` makes it so. */
export function useWorkoutWriting(change: (given: Change) => Promise<void>): WorkoutWriting {
  const { t } = useI18n()
  const format = useFormat()
  const words = usePlanWords()
  const form = useForm('all')
  const writing = shallowRef<Writing | null>(null)
  const written = ref<string | null>(null)

  function edit(one: PlannedWorkout): void {
    const day = format.day(one.day, { weekday: 'short', day: 'numeric', month: 'long' })
    writing.value = {
      title: t('coachplan.editTitle', { title: words.planned(one), day }),
      draft: draftOfPlanned(one, one.title ? words.day(one.plan_slug, one.title) : ''),
      mayFollow: true,
      given: { plan: one.plan, kind: 'edit', planned: one.id },
    }
  }

  function add(plan: Plan, day: string): void {
    const named = format.day(day, { weekday: 'long', day: 'numeric', month: 'long' })
    writing.value = {
      title: t('coachplan.addOn', { day: named }),
      draft: newDay(0),
      mayFollow: false,
      given: { plan: plan.id, kind: 'add', planned: crypto.randomUUID(), day },
    }
  }

  async function save(draft: DraftDay, following: boolean): Promise<void> {
    if (!writing.value) return
    const { given, draft: before } = writing.value
    // A title that was only shown in the page's language stays what it is.
    const title = given.kind === 'edit' && draft.title === before.title ? null : draft.title.trim()
    const items = draft.items.map(withoutKey)
    if (!(await form.submit(() => change({ ...given, title, items, following })))) return
    writing.value = null
    written.value = given.planned ?? null
  }

  return { writing, form, written, edit, add, save }
}
