import { useI18n } from 'vue-i18n'
import * as api from '@/api/plans'
import { useChangeWords } from '@/composables/useChangeWords'
import { useErrorText } from '@/composables/useErrorText'
import { useNoticeStore } from '@/stores/notices'

export type Change = Omit<api.PlanChangeGiven, 'following'> & { following?: boolean }

interface CoachPlan {
  /** Makes a change, says what it did and offers the way back. Rejects when it is refused. */
  change: (given: Change) => Promise<void>
  /** The same; a refusal is said at the foot of the page. */
  attempt: (given: Change) => Promise<boolean>
  takeBack: (id: string) => Promise<void>
}

/** A coach's hand on the plan of one athlete; `changed` runs after every change, undone ones too. */
export function useCoachPlan(athlete: string, changed: () => unknown): CoachPlan {
  const { t } = useI18n()
  const notices = useNoticeStore()
  const words = useErrorText()
  const told = useChangeWords()

  async function takeBack(id: string): Promise<void> {
    try {
      await api.undoPlanChange(athlete, id)
      notices.say(t('coachplan.takenBack'))
    } catch (error) {
      notices.say(words.text(error))
    }
    await changed()
  }

  async function change(given: Change): Promise<void> {
    const made = await api.putPlanChange(athlete, crypto.randomUUID(), { following: false, ...given })
    await changed()
    notices.offer(told.sentence(made), t('app.undo'), () => void takeBack(made.id))
  }

  async function attempt(given: Change): Promise<boolean> {
    try {
      await change(given)
      return true
    } catch (error) {
      notices.say(words.text(error))
      return false
    }
  }

  return { change, attempt, takeBack }
}
