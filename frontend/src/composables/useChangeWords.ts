import { useI18n } from 'vue-i18n'
import type { PlanChange } from '@/api/plans'
import { useFormat } from '@/composables/useFormat'
import { usePlanWords } from '@/composables/usePlanWords'
import { itemChanges } from '@/lib/planChange'
import { useExerciseStore } from '@/stores/exercises'

interface ChangeWords {
  /** "Whole body A moved from 3 March to 5 March." */
  sentence: (change: PlanChange) => string
  /** Of an edit, a line an exercise: what was asked for, and what is now. */
  lines: (change: PlanChange) => string[]
}

/** What a coach changed in a plan, in words. */
export function useChangeWords(): ChangeWords {
  const { t } = useI18n()
  const format = useFormat()
  const words = usePlanWords()
  const exercises = useExerciseStore()

  const day = (value: string | null): string =>
    value === null ? '' : format.day(value, { weekday: 'short', day: 'numeric', month: 'long' })

  function sentence(change: PlanChange): string {
    const { kind, count, days } = change
    const values = {
      title: change.title ? words.day(change.plan_slug, change.title) : t('plan.workout'),
      plan: words.programme(change.plan_slug, change.plan_title),
      day: day(change.day),
      to: day(change.to),
      n: format.number(count),
      days: format.number(Math.abs(days ?? 0)),
    }
    if (kind === 'shift') {
      return t(`change.${(days ?? 0) < 0 ? 'shiftBack' : 'shift'}`, values, Math.abs(days ?? 0))
    }
    const many = count > 1 && (kind === 'move' || kind === 'edit')
    return t(`change.${kind}${many ? 'Many' : ''}`, values, count)
  }

  function lines({ was, now }: PlanChange): string[] {
    if (!was || !now) return []
    return itemChanges(was, now).map(({ exercise, before, after }) => {
      const said = (item: typeof before): string =>
        item ? [words.asked(item), words.manner(item)].join(', ') : ''
      const values = { exercise: exercises.name(exercise), was: said(before), now: said(after) }
      return t(`change.${before && after ? 'item' : after ? 'itemNew' : 'itemGone'}`, values)
    })
  }

  return { sentence, lines }
}
