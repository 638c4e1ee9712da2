import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { getFrames } from '@/api/sets'
import type { WorkoutSet } from '@/api/types'
import { getSet } from '@/api/workouts'
import { useSubject } from '@/composables/useSubject'
import { filmOf, type Film } from '@/lib/replay/film'
import { bestFirst, eventsOf, type SetEvent } from '@/lib/reps'

/** What a movement can be compared with: a repetition of its set, or the best one of another set. */
export type Choice = `rep:${number}` | `set:${string}`

export interface Compared {
  film: Film
  event: SetEvent & { kind: 'rep' }
  /** The other set that it is from, if it is. */
  set: WorkoutSet | null
}

interface Comparison {
  on: Ref<boolean>
  choice: ComputedRef<Choice | null>
  choose: (choice: Choice) => void
  /** Repetitions of this set, best first. */
  here: ComputedRef<(SetEvent & { kind: 'rep' })[]>
  compared: ComputedRef<Compared | null>
  loading: Ref<boolean>
  error: Ref<unknown>
}

interface Options {
  film: () => Film | null
  events: () => readonly SetEvent[]
  /** Index of the event that is compared with something better. */
  open: () => number | null
  /** Other sets of the same exercise. */
  others: () => readonly WorkoutSet[]
}

const best = (events: readonly SetEvent[]): (SetEvent & { kind: 'rep' })[] => {
  const ranks = bestFirst(events).map(({ index }) => index)
  const reps = events.filter((event) => event.kind === 'rep')
  return ranks.flatMap((index) => reps.find(({ rep }) => rep.index === index) ?? [])
}

/** A better repetition beside the one that is looked at: the best of its set, or what the athlete picks. */
export function useComparison({ film, events, open, others }: Options): Comparison {
  const { athleteId } = useSubject()
  const on = ref(false)
  const picked = ref<Choice | null>(null)
  const elsewhere = shallowRef<Compared | null>(null)
  const loading = ref(false)
  const error = ref<unknown>(null)

  const here = computed(() => best(events()).filter((event) => event !== events()[open() ?? -1]))
  const choice = computed<Choice | null>(() => {
    const rep = picked.value?.startsWith('rep:') ? Number(picked.value.slice(4)) : null
    if (rep === null && picked.value) return picked.value
    const wanted = here.value.find((event) => event.rep.index === rep) ?? here.value[0]
    return wanted ? `rep:${wanted.rep.index}` : null
  })
  const compared = computed<Compared | null>(() => {
    if (!on.value || !choice.value) return null
    if (choice.value.startsWith('set:')) return elsewhere.value
    const event = here.value.find(({ rep }) => choice.value === `rep:${rep.index}`)
    const shown = film()
    return event && shown ? { film: shown, event, set: null } : null
  })

  async function load(set: WorkoutSet): Promise<void> {
    loading.value = true
    error.value = null
    elsewhere.value = null
    const stillWanted = (): boolean => picked.value === `set:${set.id}`
    try {
      const [detail, frames] = await Promise.all([getSet(set.id, athleteId), getFrames(set.id, athleteId)])
      const [event] = best(eventsOf(detail))
      const stored = filmOf(frames)
      if (stillWanted()) elsewhere.value = event && stored ? { film: stored, event, set } : null
    } catch (caught) {
      if (stillWanted()) error.value = caught
    } finally {
      if (stillWanted()) loading.value = false
    }
  }
  watch(picked, (wanted) => {
    loading.value = false
    error.value = null
    const set = others().find(({ id }) => wanted === `set:${id}`)
    if (set) void load(set)
  })

  return { on, choice, choose: (next) => (picked.value = next), here, compared, loading, error }
}
