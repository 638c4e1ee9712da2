import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { deleteNote, listNotes, putNote, restoreNote, type CoachNote } from '@/api/athletes'
import { useErrorText } from '@/composables/useErrorText'
import { useLoad } from '@/composables/useLoad'
import { inLine } from '@/lib/inLine'
import { useNoticeStore } from '@/stores/notices'

/** new: there is nothing to keep yet. */
export type NoteState = 'new' | 'kept' | 'typing' | 'saving' | 'failed'

export interface DraftNote {
  id: string
  text: string
  /** As the server has it. */
  keptText: string
  changedAt: string | null
  state: NoteState
  /** Why it is not kept. */
  problem: string
}

const PAUSE_MS = 800

const draftOf = ({ id, text, changed_at }: CoachNote): DraftNote => ({
  id,
  text,
  keptText: text,
  changedAt: changed_at,
  state: 'kept',
  problem: '',
})

interface Notes {
  notes: Ref<DraftNote[]>
  loaded: ReturnType<typeof useLoad<true>>
  /** An empty one above the others. */
  add: () => void
  /** Kept by itself once the writer pauses. */
  write: (note: DraftNote, text: string) => void
  /** Now: at the end of writing, or when it has failed. */
  save: (note: DraftNote) => Promise<void>
  remove: (note: DraftNote) => Promise<void>
}

/** A coach's private notes about one athlete. What could not be kept stays on the page and says so. */
export function useNotes(athleteId: string): Notes {
  const { t } = useI18n()
  const errors = useErrorText()
  const notices = useNoticeStore()
  const notes = ref<DraftNote[]>([])
  const inTurn = inLine()

  const loaded = useLoad(async () => {
    const stored = (await listNotes(athleteId)).map(draftOf)
    const unkept = notes.value.filter(({ state }) => state !== 'kept')
    notes.value = [...unkept, ...stored.filter(({ id }) => unkept.every((note) => note.id !== id))]
    return true as const
  })

  async function save(note: DraftNote): Promise<void> {
    const text = note.text.trim()
    if (!text || (text === note.keptText && note.state !== 'failed')) return
    note.state = 'saving'
    try {
      const kept = await inTurn(() => putNote(athleteId, note.id, text))
      note.keptText = kept.text
      note.changedAt = kept.changed_at
      note.problem = ''
      note.state = note.text.trim() === kept.text ? 'kept' : 'typing'
    } catch (error) {
      note.problem = errors.text(error)
      note.state = 'failed'
    }
  }
  const saveAll = (): void => notes.value.forEach((note) => void save(note))
  const soon = useDebounceFn(saveAll, PAUSE_MS)
  onScopeDispose(saveAll)

  function write(note: DraftNote, text: string): void {
    note.text = text
    note.state = text.trim() === note.keptText && note.keptText ? 'kept' : text.trim() ? 'typing' : 'new'
    void soon()
  }

  function add(): void {
    if (notes.value.some(({ state }) => state === 'new')) return
    const id = crypto.randomUUID()
    notes.value.unshift({ id, text: '', keptText: '', changedAt: null, state: 'new', problem: '' })
  }

  async function restore(id: string): Promise<void> {
    try {
      notes.value.unshift(draftOf(await restoreNote(athleteId, id)))
    } catch (error) {
      notices.say(errors.text(error))
    }
  }

  async function remove(note: DraftNote): Promise<void> {
    const before = notes.value
    notes.value = before.filter(({ id }) => id !== note.id)
    if (!note.keptText) return
    try {
      await inTurn(() => deleteNote(athleteId, note.id))
      notices.offer(t('athletes.notes.deleted'), t('app.undo'), () => void restore(note.id))
    } catch (error) {
      notes.value = before
      notices.say(errors.text(error))
    }
  }

  return { notes, loaded, add, write, save, remove }
}
