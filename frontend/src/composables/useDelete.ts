import { useI18n } from 'vue-i18n'
import * as api from '@/api/workouts'
import { useErrorText } from '@/composables/useErrorText'
import { useNoticeStore } from '@/stores/notices'

interface Delete {
  /** True when it went through; `onRestored` runs after an undo. */
  deleteWorkout: (id: string, onRestored: () => void) => Promise<boolean>
  deleteSet: (id: string, onRestored: () => void) => Promise<boolean>
}

/** Deleting at once, with a way back instead of a question before. */
export function useDelete(): Delete {
  const { t } = useI18n()
  const notices = useNoticeStore()
  const words = useErrorText()

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      notices.say(words.text(error))
      return false
    }
  }

  async function remove(
    text: string,
    erase: () => Promise<unknown>,
    restore: () => Promise<unknown>,
    onRestored: () => void,
  ): Promise<boolean> {
    const gone = await attempt(erase)
    if (gone) {
      notices.offer(text, t('app.undo'), () => {
        void attempt(restore).then((back) => back && onRestored())
      })
    }
    return gone
  }

  return {
    deleteWorkout: (id, onRestored) =>
      remove(
        t('workout.deleted'),
        () => api.deleteWorkout(id),
        () => api.restoreWorkout(id),
        onRestored,
      ),
    deleteSet: (id, onRestored) =>
      remove(
        t('set.deleted'),
        () => api.deleteSet(id),
        () => api.restoreSet(id),
        onRestored,
      ),
  }
}
