import { computed, ref, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/client'
import { listProgrammes, putProgramme } from '@/api/plans'
import { useAutosave, type SaveState } from '@/composables/useAutosave'
import { useErrorText } from '@/composables/useErrorText'
import { useLoad } from '@/composables/useLoad'
import { usePlanWords } from '@/composables/usePlanWords'
import { useUndo } from '@/composables/useUndo'
import { draftOf, givenOf, newKey, type Draft } from '@/lib/plan'
import { emptyTemplate } from '@/lib/template'
import { useAuthStore } from '@/stores/auth'
import { useExerciseStore } from '@/stores/exercises'

export type Errors = Record<string, string[]>

/** Keys count the things of this page: what was kept by another one gets new ones. */
const rekeyed = (draft: Draft): Draft => ({
  ...draft,
  days: draft.days.map((day) => ({
    ...day,
    key: newKey(),
    items: day.items.map((item) => ({ ...item, key: newKey() })),
  })),
})

/** A programme under the hands of a coach: its past, where it is saved, what is wrong with it. */
export function useTemplate(id: string, isNew: boolean) {
  const { t } = useI18n()
  const words = usePlanWords()
  const texts = useErrorText()
  const auth = useAuthStore()
  const exercises = useExerciseStore()
  const history = useUndo<Draft>({ ...emptyTemplate(), title: t('coachplan.untitled') })
  const draft = history.value
  const stored = ref(!isNew)

  /** What the page itself can tell, by the server's field names. */
  const missing: ComputedRef<Errors> = computed(() => {
    const found: Errors = {}
    if (!draft.value.title.trim()) found.title = [t('plan.needsName')]
    if (draft.value.days.length === 0) found.days = [t('coachplan.needsDay')]
    draft.value.days.forEach((day, i) => {
      if (day.items.length === 0) found[`days[${i}].items`] = [t('plan.needsItem')]
    })
    return found
  })
  const save = useAutosave<Draft>({
    key: `posecoach.template.${auth.profile?.email ?? ''}.${id}`,
    value: draft,
    mayGo: () => Object.keys(missing.value).length === 0,
    send: async (value) => {
      await putProgramme(id, givenOf(value))
      stored.value = true
    },
  })
  const errors: ComputedRef<Errors> = computed(() => ({
    ...texts.fields(save.error.value),
    ...missing.value,
  }))
  /** A new one that nobody has touched is nowhere yet. */
  const saved = computed<SaveState>(() =>
    save.state.value === 'saved' && !stored.value ? 'unsaved' : save.state.value,
  )

  let begun = false
  const loaded = useLoad(async () => {
    const [programmes] = await Promise.all([listProgrammes(), exercises.load()])
    if (begun) return true
    const found = programmes.find((one) => one.id === id && one.own)
    if (!found && !isNew) throw new ApiError('not_found', '', 404)
    if (found) {
      history.reset(draftOf(found, found.title, (day) => (day ? words.day(found.slug, day) : '')))
      stored.value = true
    }
    const kept = save.kept()
    save.settle()
    if (kept) history.set(rekeyed(kept))
    begun = true
    return true
  })

  return { ...history, draft, errors, missing, save, saved, loaded }
}
