/** What the training page needs before anything else: the athlete's outbox and workouts, and the catalogue. */
import { onMounted, watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { targetOf } from '@/lib/flow/targets'
import { useAuthStore } from '@/stores/auth'
import { useExerciseStore } from '@/stores/exercises'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore } from '@/stores/workout'
import type { StudioSettings } from './useStudioSettings'

/** Answers what to call when the page is left for good. */
export function useStudioOpening(settings: Ref<StudioSettings>): () => void {
  const route = useRoute()
  const auth = useAuthStore()
  const exercises = useExerciseStore()
  const outbox = useOutboxStore()
  const workouts = useWorkoutStore()

  watch(
    () => auth.profile?.email,
    (user) => {
      if (!user) return
      outbox.open(user)
      void workouts.open(user)
    },
    { immediate: true },
  )

  /** An address may name the exercise, and how many of it: from the catalogue, from what to do next, for a trial. */
  async function loadExercises(): Promise<void> {
    await exercises.load()
    const wanted = exercises.items.find(({ slug }) => slug === route.query.exercise)
    if (!wanted) return
    settings.value = { ...settings.value, exercise: wanted.slug }
    const target = targetOf(route.query.target)
    if (target !== null) aimOnce(wanted.slug, target)
  }

  let undo = (): void => undefined
  /** Holds for this visit: what the athlete chose for other days stays as it was. */
  function aimOnce(slug: string, target: number): void {
    const before = settings.value.targets[slug] ?? 0
    aim(slug, target)
    undo = () => {
      if (settings.value.targets[slug] === target) aim(slug, before)
    }
  }

  function aim(slug: string, target: number): void {
    settings.value = { ...settings.value, targets: { ...settings.value.targets, [slug]: target } }
  }

  onMounted(() => void loadExercises().catch(() => undefined))
  return () => undo()
}
