import { mdiCommentTextOutline } from '@mdi/js'
import { useDocumentVisibility } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useErrorText } from '@/composables/useErrorText'
import { useReplayWords } from '@/composables/useReplayWords'
import { useThreads, type Threads } from '@/composables/useThreads'
import type { Pin } from '@/lib/replay/moments'
import type { SetEvent } from '@/lib/reps'
import { eventOf, pinsOf, threadOfPin, type ShownThread } from '@/lib/threads'
import { useNoticeStore } from '@/stores/notices'

/** Where a new thread will be: at a moment, or on the set as a whole. */
export interface Place {
  t_ms: number | null
  rep_start_ms: number | null
}

export interface SetComments extends Pick<
  Threads,
  'shown' | 'coaches' | 'drafts' | 'retry' | 'error' | 'ready'
> {
  pins: ComputedRef<Pin[]>
  /** Indices of the movements that something was said about. */
  pinned: ComputedRef<ReadonlySet<number>>
  /** Id of the thread that is open. */
  open: Ref<string | null>
  /** Where a new thread is being written. */
  beginning: Ref<Place | null>
  placeWords: (place: Place) => string
  eventOf: (thread: ShownThread) => number | null
  beginAt: (atMs: number | null, event: SetEvent | null) => void
  /** Opens the thread of a pin; null if it is none of ours. */
  choosePin: (pin: Pin) => ShownThread | null
  /** `coach`: whom an athlete writes to; null for a coach, who writes to `other`. */
  begin: (text: string, coach: string | null, other: string) => void
  answer: (thread: string, text: string) => void
  edit: (thread: string, id: string, text: string) => void
  remove: (thread: string, id: string) => void
  /** What was not sent goes back to where it was typed. */
  discard: (thread: ShownThread, id: string) => void
  reload: () => Promise<void>
}

/** Comments on a set beside its replay. `asked`: the thread that the address names. */
export function useSetComments(
  setId: string,
  events: () => readonly SetEvent[],
  asked: string | null,
): SetComments {
  const { t } = useI18n()
  const words = useReplayWords()
  const errors = useErrorText()
  const notices = useNoticeStore()
  const threads = useThreads(setId)
  const open = ref(asked)
  const beginning = ref<Place | null>(null)

  function placeWords(place: Place): string {
    if (place.t_ms === null) return t('comments.whole')
    const index = eventOf(place, events())
    const event = index === null ? null : (events()[index] ?? null)
    const time = words.time(place.t_ms)
    return event ? t('comments.at', { rep: words.event(event), time }) : time
  }

  function beginAt(atMs: number | null, event: SetEvent | null): void {
    const rep_start_ms = event?.kind === 'rep' ? event.rep.start_ms : null
    beginning.value = { t_ms: atMs === null ? null : Math.round(atMs), rep_start_ms }
  }

  const attempt = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => notices.say(errors.text(error)))

  const visibility = useDocumentVisibility()
  const seen = computed(() => {
    const thread = threads.shown.value.find(({ id }) => id === open.value)
    return visibility.value === 'visible' && thread ? thread.unread : 0
  })
  watch(seen, (unread) => {
    if (unread > 0 && open.value) void threads.read(open.value).catch(() => undefined)
  })

  return {
    ...threads,
    open,
    beginning,
    placeWords,
    beginAt,
    eventOf: (thread) => eventOf(thread, events()),
    pins: computed(() =>
      pinsOf(threads.shown.value, mdiCommentTextOutline, (thread) =>
        t('comments.pin', { place: placeWords(thread), name: thread.other }),
      ),
    ),
    pinned: computed(() => new Set(threads.shown.value.flatMap((thread) => eventOf(thread, events()) ?? []))),
    choosePin: (pin) => {
      const id = threadOfPin(pin)
      const thread = threads.shown.value.find((one) => one.id === id) ?? null
      if (thread) open.value = thread.id
      return thread
    },
    begin: (text, coach, other) => {
      if (!beginning.value) return
      open.value = threads.say(text, { ...beginning.value, coach, other })
      beginning.value = null
    },
    answer: (thread, text) => void threads.say(text, { thread }),
    edit: (thread, id, text) => void attempt(threads.edit(thread, id, text)),
    remove: (thread, id) => {
      const back = (): void => void attempt(threads.restore(thread, id))
      void attempt(
        threads.remove(thread, id).then(() => notices.offer(t('comments.deleted'), t('app.undo'), back)),
      )
    },
    discard: (thread, id) => {
      const text = threads.discard(id)
      if (thread.begun) threads.drafts.value[thread.id] ||= text
      else {
        threads.drafts.value.new ||= text
        beginning.value = { t_ms: thread.t_ms, rep_start_ms: thread.rep_start_ms }
      }
    },
  }
}
