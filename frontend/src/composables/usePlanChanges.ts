import { useI18n } from 'vue-i18n'
import * as api from '@/api/plans'
import { useErrorText } from '@/composables/useErrorText'
import { useFormat } from '@/composables/useFormat'
import { useNoticeStore } from '@/stores/notices'

interface PlanChanges {
  move: (one: api.PlannedWorkout, day: string, following: boolean) => Promise<void>
  skip: (one: api.PlannedWorkout) => Promise<void>
  unskip: (one: api.PlannedWorkout) => Promise<void>
  end: (plan: api.Plan) => Promise<void>
  removeProgramme: (programme: api.Programme) => Promise<void>
}

/** Changes of a plan, each at once and with a way back; `changed` runs after each, undone ones too. */
export function usePlanChanges(changed: () => unknown): PlanChanges {
  const { t } = useI18n()
  const notices = useNoticeStore()
  const words = useErrorText()
  const format = useFormat()

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      await changed()
      return true
    } catch (error) {
      notices.say(words.text(error))
      return false
    }
  }

  async function change(
    text: string,
    work: () => Promise<unknown>,
    undo: () => Promise<unknown>,
  ): Promise<void> {
    if (await attempt(work)) notices.offer(text, t('app.undo'), () => void attempt(undo))
  }

  const skipped = (one: api.PlannedWorkout, is: boolean) => () =>
    api.changePlanned(one.id, { skipped: is, following: false })

  return {
    move: (one, day, following) =>
      change(
        t('plan.movedTo', { day: format.day(day, { weekday: 'long', day: 'numeric', month: 'long' }) }),
        () => api.changePlanned(one.id, { day, following }),
        () => api.changePlanned(one.id, { day: one.day, following }),
      ),
    skip: (one) => change(t('plan.skippedNotice'), skipped(one, true), skipped(one, false)),
    unskip: (one) => change(t('plan.unskippedNotice'), skipped(one, false), skipped(one, true)),
    end: (plan) =>
      change(
        t('plan.endedNotice'),
        () => api.endPlan(plan.id),
        () => api.restorePlan(plan.id),
      ),
    removeProgramme: (programme) =>
      change(
        t('plan.removedNotice'),
        () => api.deleteProgramme(programme.id),
        () => api.restoreProgramme(programme.id),
      ),
  }
}
