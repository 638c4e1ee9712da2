/** What of the training page a coach sees, and how the athlete hears of it. */
import { computed, type Ref } from 'vue'
import type { LiveMessage } from '@/components/live/types'
import type { Told } from '@/lib/watch/types'
import { useAuthStore } from '@/stores/auth'
import { useExerciseStore } from '@/stores/exercises'
import { useWorkoutStore } from '@/stores/workout'
import { useBeingWatched } from './useBeingWatched'
import type { useSessionFlow } from './useSessionFlow'
import type { useStudio } from './useStudio'

export interface StudioWatchedOptions {
  session: Pick<ReturnType<typeof useSessionFlow>, 'active' | 'state' | 'rest' | 'holdS' | 'target'>
  exercise: Readonly<Ref<string | null>>
  message: Readonly<Ref<LiveMessage | null>>
}

export function useStudioWatched(
  { shown, onSeen }: Pick<ReturnType<typeof useStudio>, 'shown' | 'onSeen'>,
  { session, exercise, message }: StudioWatchedOptions,
) {
  const auth = useAuthStore()
  const exercises = useExerciseStore()
  const workouts = useWorkoutStore()
  const slug = computed(() => exercise.value ?? shown.value?.exercise ?? null)

  function tell(): Told {
    const { value: said } = message
    return {
      state: session.state.value,
      exercise: slug.value,
      reps: shown.value?.rep_count ?? 0,
      hold_s: exercises.isHold(slug.value) ? session.holdS.value : null,
      target: session.target.value?.value ?? null,
      rest_s: session.rest.value?.leftS ?? null,
      cue: said && { tone: said.tone, text: said.text },
    }
  }

  return useBeingWatched({
    training: session.active,
    onSeen,
    tell,
    user: computed(() => auth.profile?.email ?? null),
    workout: computed(() => workouts.workout?.id ?? null),
  })
}
