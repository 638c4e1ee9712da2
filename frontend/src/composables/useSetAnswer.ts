import { computed, ref, shallowRef, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/client'
import { deleteCorrection, putCorrection } from '@/api/sets'
import type { Correction, SetDetail } from '@/api/types'
import { useErrorText } from '@/composables/useErrorText'
import { useSubject } from '@/composables/useSubject'
import { withCorrection, withoutCorrection, type Answer } from '@/lib/answers'
import { inLine } from '@/lib/inLine'
import { useAuthStore } from '@/stores/auth'
import { useNoticeStore } from '@/stores/notices'

type Change = (set: SetDetail) => SetDetail

interface SetAnswer {
  /** The set as the server has it, with what has been said since. */
  set: ComputedRef<SetDetail | null>
  /** The server's word. */
  accept: (set: SetDetail) => void
  /** Shown at once, sent, and offered back in a notice that says `text`. True when the server kept it. */
  correct: (answer: Answer, text: string) => Promise<boolean>
  takeBack: (id: string) => Promise<boolean>
}

/** A set with what a person answers to it. What the server does not keep goes again, with a word about why. */
export function useSetAnswer(onKept: () => void = () => undefined): SetAnswer {
  const { t } = useI18n()
  const auth = useAuthStore()
  const notices = useNoticeStore()
  const errors = useErrorText()
  const { athleteId } = useSubject()
  const told = shallowRef<SetDetail | null>(null)
  const pending = ref<Change[]>([])
  /** One at a time, so that of two answers the later one is told later. */
  const inTurn = inLine()
  const set = computed(() => told.value && pending.value.reduce((now, change) => change(now), told.value))

  /** Shows the change while the server is told of it: taps that follow quickly all stand. */
  async function change(shown: Change, send: () => Promise<SetDetail>): Promise<boolean> {
    pending.value.push(shown)
    try {
      const answer = await inTurn(send)
      if (answer.id === told.value?.id) told.value = answer
      onKept()
      return true
    } catch (error) {
      const offline = error instanceof ApiError && error.isOffline
      notices.say(offline ? t('corrections.offline') : errors.text(error))
      return false
    } finally {
      pending.value = pending.value.filter((one) => one !== shown)
    }
  }

  function takeBack(id: string): Promise<boolean> {
    const setId = told.value?.id
    if (!setId) return Promise.resolve(false)
    return change(
      (now) => withoutCorrection(now, id),
      () => deleteCorrection(setId, id, athleteId),
    )
  }

  async function correct(answer: Answer, text: string): Promise<boolean> {
    const setId = told.value?.id
    if (!setId) return false
    const id = crypto.randomUUID()
    const correction: Correction = {
      rep_count: null,
      exercise: null,
      start_ms: null,
      ...answer,
      id,
      by_athlete: athleteId === null,
      author: auth.profile?.display_name || auth.profile?.email || null,
      created_at: new Date().toISOString(),
    }
    const kept = await change(
      (now) => withCorrection(now, correction),
      () => putCorrection(setId, id, answer, athleteId),
    )
    if (kept) notices.offer(text, t('app.undo'), () => void takeBack(id))
    return kept
  }

  return { set, accept: (next) => (told.value = next), correct, takeBack }
}
