import { useDebounceFn, useDocumentVisibility, useSessionStorage } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { listAthletes, type Entry, type Roster } from '@/api/roster'
import { useLoad } from '@/composables/useLoad'
import { askedOf, filterOf, queryOf, type Filter } from '@/lib/roster'
import { useExerciseStore } from '@/stores/exercises'
import { useNotificationStore } from '@/stores/notifications'

const TYPING_MS = 300
/** A page that comes back to view after so long asks again; each time is a look in the athletes' logs. */
const STALE_MS = 5 * 60_000

interface RosterPage {
  filter: ComputedRef<Filter>
  /** Changes the address, and with it the list; another filter begins at the first page. */
  change: (some: Partial<Filter>) => void
  /** As it is typed; the list follows a moment later. */
  words: Ref<string>
  roster: ShallowRef<Roster | null>
  loading: Ref<boolean>
  error: Ref<unknown>
  reload: () => Promise<void>
  /** Selected on this page or another one. */
  selected: ShallowRef<ReadonlyMap<string, Entry>>
  toggle: (entry: Entry) => void
  toggleAll: () => void
  clear: () => void
}

/** The roster as the address of the page asks for it, and who is selected on it. */
export function useRoster(): RosterPage {
  const route = useRoute()
  const router = useRouter()
  const exercises = useExerciseStore()
  const filter = computed(() => filterOf(route.query))
  const selected = shallowRef<ReadonlyMap<string, Entry>>(new Map())
  const words = ref(filter.value.q)

  const { data, loading, error, reload } = useLoad(async () => {
    const [found] = await Promise.all([listAthletes(askedOf(filter.value)), exercises.load()])
    return found
  })
  watch(
    () => JSON.stringify(filter.value),
    () => route.name === 'coach' && void reload(),
  )

  /** The athlete's page goes on to the next of these. */
  const order = useSessionStorage<string[]>('posecoach.roster', [])
  let askedAt = 0
  watch(data, (found) => {
    askedAt = Date.now()
    if (found) order.value = found.results.map(({ id }) => id)
  })
  const visibility = useDocumentVisibility()
  function askAgain(): void {
    if (visibility.value === 'visible' && Date.now() - askedAt > STALE_MS) void reload()
  }
  watch(visibility, askAgain)
  /** Something is new: a comment, an athlete, a link that has ended. */
  const notifications = useNotificationStore()
  watch(
    () => notifications.changes,
    () => {
      askedAt = 0
      askAgain()
    },
  )

  function change(some: Partial<Filter>): void {
    void router.replace({ query: queryOf({ ...filter.value, page: 1, ...some }) })
  }
  const search = useDebounceFn((q: string) => q !== filter.value.q && change({ q }), TYPING_MS)
  watch(words, (typed) => void search(typed.trim()))
  watch(
    () => filter.value.q,
    (q) => q !== words.value.trim() && (words.value = q),
  )

  function select(entries: readonly Entry[], wanted: (entry: Entry) => boolean): void {
    const now = new Map(selected.value)
    for (const entry of entries) {
      if (wanted(entry)) now.set(entry.id, entry)
      else now.delete(entry.id)
    }
    selected.value = now
  }
  const toggle = (entry: Entry): void => select([entry], ({ id }) => !selected.value.has(id))
  function toggleAll(): void {
    const shown = data.value?.results ?? []
    const all = shown.every(({ id }) => selected.value.has(id))
    select(shown, () => !all)
  }

  return {
    filter,
    change,
    words,
    roster: data,
    loading,
    error,
    reload,
    selected,
    toggle,
    toggleAll,
    clear: () => (selected.value = new Map()),
  }
}
