import { useI18n } from 'vue-i18n'
import * as api from '@/api/links'
import { useErrorText } from '@/composables/useErrorText'
import { useLoad } from '@/composables/useLoad'
import { useNoticeStore } from '@/stores/notices'

/** The athlete's coaches, and ending a link at once, with a way back. */
export function useCoaches() {
  const { t } = useI18n()
  const notices = useNoticeStore()
  const words = useErrorText()
  const loaded = useLoad(api.listCoaches)

  function replace(changed: api.CoachOf): void {
    const others = (loaded.data.value ?? []).filter((one) => one.coach.id !== changed.coach.id)
    loaded.data.value = [changed, ...others]
  }

  async function end({ coach, link }: api.CoachOf): Promise<void> {
    if (!link) return
    const { scopes, ends_at } = link
    try {
      await api.endCoach(coach.id)
    } catch (error) {
      notices.say(words.text(error))
      return
    }
    await loaded.reload()
    notices.offer(t('coaches.ended', { name: coach.name }), t('app.undo'), () => {
      void grantAgain(coach.id, { scopes, ends_at })
    })
  }

  async function grantAgain(id: string, grant: api.GrantGiven): Promise<void> {
    try {
      replace(await api.changeCoach(id, grant))
    } catch (error) {
      notices.say(words.text(error))
    }
  }

  return { ...loaded, replace, end }
}
