/** What the training page needs before anything else: the athlete's outbox and workouts, and the catalogue. */
import { onMounted, watch, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { useAuthStore } from '@/stores/auth'
import { useExerciseStore } from '@/stores/exercises'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore } from '@/stores/workout'
import type { StudioSettings } from './useStudioSettings'

export function useStudioOpening(settings: Ref<StudioSettings>): void {
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

  /** An address may name the exercise, from the catalogue or from what to do next. */
  async function loadExercises(): Promise<void> {
    await exercises.load()
    const wanted = exercises.items.find(({ slug }) => slug === route.query.exercise)
    if (wanted) settings.value = { ...settings.value, exercise: wanted.slug }
  }
  onMounted(() => void loadExercises().catch(() => undefined))
}
