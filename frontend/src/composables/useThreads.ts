import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { ApiError } from '@/api/client'
import * as api from '@/api/threads'
import type { Thread, ThreadsOfSet } from '@/api/threads'
import { useErrorText } from '@/composables/useErrorText'
import { useLoad } from '@/composables/useLoad'
import { useSubject } from '@/composables/useSubject'
import { inLine } from '@/lib/inLine'
import { shownThreads, type ShownThread } from '@/lib/threads'
import { keep, recall, type Beginning, type Kept, type Unsent } from '@/lib/unsent'
import { backoffMs } from '@/pose/backoff'
import { useAuthStore } from '@/stores/auth'
import { useNotificationStore } from '@/stores/notifications'

export interface Threads {
  shown: ComputedRef<ShownThread[]>
  /** To whom an athlete may write now; empty for a coach. */
  coaches: ComputedRef<ThreadsOfSet['coaches']>
  loading: Ref<boolean>
  error: Ref<unknown>
  ready: ComputedRef<boolean>
  /** Typed and not sent, by thread or "new". */
  drafts: Ref<Kept['drafts']>
  reload: () => Promise<void>
  /** Shows the message at once and sends it when it can be sent. Answers with the thread. */
  say: (text: string, to: { thread: string } | Beginning) => string
  retry: (id: string) => void
  /** Gives up a message that was not sent; its text. */
  discard: (id: string) => string
  edit: (thread: string, id: string, text: string) => Promise<void>
  remove: (thread: string, id: string) => Promise<void>
  restore: (thread: string, id: string) => Promise<void>
  /** What is shown of the thread has been seen. */
  read: (thread: string) => Promise<void>
}

/** Whether it is worth trying again by itself: nobody answered, or not now. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.isOffline || error.status >= 500 || error.status === 429

/** The comments on a set, with what this device has not been able to send yet. */
export function useThreads(setId: string): Threads {
  const { athleteId: of } = useSubject()
  const auth = useAuthStore()
  const notifications = useNotificationStore()
  const words = useErrorText()
  const user = auth.profile?.email ?? ''

  const loaded = useLoad(() => api.getThreads(setId, of))
  const kept = recall(user, setId)
  const unsent = ref<Unsent[]>(kept.unsent)
  const drafts = ref(kept.drafts)
  watch([unsent, drafts], () => keep(user, setId, { unsent: unsent.value, drafts: drafts.value }), {
    deep: true,
  })
  watch(
    () => notifications.changes,
    () => void loaded.reload(),
  )

  function accept(thread: Thread): void {
    const now = loaded.data.value
    if (!now) return
    const others = now.threads.filter(({ id }) => id !== thread.id)
    const threads = thread.message_count > 0 ? [...others, thread] : others
    loaded.data.value = { ...now, threads }
  }

  const post = ({ id, thread, begins, text }: Unsent): Promise<Thread> => {
    if (!begins) return api.addMessage([setId, thread, id], text, of)
    const { t_ms, rep_start_ms, coach } = begins
    return api.beginThread(setId, thread, { t_ms, rep_start_ms, coach, message: { id, text } }, of)
  }

  const inTurn = inLine()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Sends what waits, in order. What nobody answers is tried again, later and later. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    for (;;) {
      const next = unsent.value.find(({ refused }) => refused === null)
      if (!next) return
      try {
        accept(await post(next))
        unsent.value = unsent.value.filter(({ id }) => id !== next.id)
        failures = 0
      } catch (error) {
        if (isPassing(error)) {
          timer = setTimeout(send, backoffMs(++failures))
          return
        }
        next.refused = words.text(error)
      }
    }
  }
  const send = (): void => void inTurn(flush)
  useEventListener(window, 'online', send)
  onScopeDispose(() => clearTimeout(timer))
  send()

  function say(text: string, to: { thread: string } | Beginning): string {
    const begins = 'thread' in to ? null : to
    const thread = 'thread' in to ? to.thread : crypto.randomUUID()
    const writtenAt = new Date().toISOString()
    unsent.value.push({ id: crypto.randomUUID(), thread, begins, text, writtenAt, refused: null })
    send()
    return thread
  }

  function discard(id: string): string {
    const text = unsent.value.find((one) => one.id === id)?.text ?? ''
    unsent.value = unsent.value.filter((one) => one.id !== id)
    return text
  }

  return {
    shown: computed(() => shownThreads(loaded.data.value?.threads ?? [], unsent.value)),
    coaches: computed(() => loaded.data.value?.coaches ?? []),
    loading: loaded.loading,
    error: loaded.error,
    ready: computed(() => loaded.data.value !== null),
    drafts,
    reload: loaded.reload,
    say,
    discard,
    retry: (id) => {
      const one = unsent.value.find((message) => message.id === id)
      if (one) one.refused = null
      send()
    },
    edit: async (thread, id, text) => accept(await api.editMessage([setId, thread, id], text, of)),
    remove: async (thread, id) => accept(await api.deleteMessage([setId, thread, id], of)),
    restore: async (thread, id) => accept(await api.restoreMessage([setId, thread, id], of)),
    read: async (id) => {
      const thread = loaded.data.value?.threads.find((one) => one.id === id)
      const newest = thread?.messages.at(-1)
      if (thread && newest && thread.unread > 0)
        accept(await api.readThread(setId, id, newest.created_at, of))
    },
  }
}
