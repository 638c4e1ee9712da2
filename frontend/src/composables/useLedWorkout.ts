/** A planned workout that leads: which set is next, what is asked of it, what was left out. */
import { useLocalStorage } from '@vueuse/core'
import { computed, shallowRef, watch, type Ref } from 'vue'
import { getPlanned } from '@/api/plans'
import { nextStep, setsDone } from '@/lib/flow/led'
import { useWorkoutStore } from '@/stores/workout'

type Planned = Awaited<ReturnType<typeof getPlanned>>

/** `wanted`: the planned workout that the address names. One that is open already goes before it. */
export function useLedWorkout(wanted: Readonly<Ref<string | null>>) {
  const workouts = useWorkoutStore()
  const planned = shallowRef<Planned | null>(null)
  const failure = shallowRef<unknown>(null)
  /** Outlives a reload, as the sets do. */
  const left = useLocalStorage<{ planned: string; items: number[] }>('posecoach.led', {
    planned: '',
    items: [],
  })

  const id = computed(() => workouts.workout?.planned ?? wanted.value)
  const items = computed(() => planned.value?.items ?? [])
  const skipped = computed(() => (left.value.planned === id.value ? left.value.items : []))
  const sets = computed(() => workouts.sets.filter(({ endedAt }) => endedAt !== null))
  const step = computed(() => (planned.value ? nextStep(items.value, sets.value, skipped.value) : null))
  const progress = computed(() =>
    setsDone(items.value, sets.value).map((done, index) => ({
      ...items.value[index],
      done,
      isSkipped: skipped.value.includes(index),
      isNow: step.value?.item === index,
    })),
  )

  async function load(wish: string | null): Promise<void> {
    planned.value = failure.value = null
    if (!wish) return
    try {
      const found = await getPlanned(wish)
      if (wish === id.value) planned.value = found
    } catch (error) {
      if (wish === id.value) failure.value = error
    }
  }
  watch(id, load, { immediate: true })

  /** The workout that a reload left open is the one that the address names: no need to ask. */
  watch(
    () => workouts.resumable,
    (open) => {
      if (open?.planned && open.planned === wanted.value) void workouts.resume()
    },
    { immediate: true },
  )
  /** Whichever comes later: an athlete may begin before the plan is there. */
  watch([() => workouts.workout?.id, planned], ([open, plan]) => {
    // What was trained already stays with the workout in which it was.
    const isTaken = plan?.workout && plan.workout !== open
    if (!open || !plan || isTaken) return
    if (!plan.workout) planned.value = { ...plan, workout: open }
    void workouts.link(plan.id)
  })

  function skip(): void {
    if (!step.value || !id.value) return
    left.value = { planned: id.value, items: [...skipped.value, step.value.item] }
  }

  /** Leaves out all that was not done. */
  function end(): void {
    if (id.value) left.value = { planned: id.value, items: items.value.map((_, index) => index) }
  }

  return {
    planned,
    failure,
    step,
    progress,
    /** Nothing is left to do. */
    isOver: computed(() => planned.value !== null && step.value === null),
    skip,
    end,
    retry: () => load(id.value),
  }
}
