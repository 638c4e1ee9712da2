/** What is seen and heard of the movement while a set goes on. Joins the parts and knows no pixels and no sentences. */
import { computed, watch, type Ref } from 'vue'
import { movementOf } from '@/lib/movement'
import { keypointsOf } from '@/pose/jointKeypoints'
import { useExerciseStore } from '@/stores/exercises'
import { useAttempts } from './useAttempts'
import { useCoachCues } from './useCoachCues'
import { useCues } from './useCues'
import { useLiveMessage } from './useLiveMessage'
import { useRange } from './useRange'
import type { useStudio } from './useStudio'
import { useTelling } from './useTelling'

type Studio = Pick<
  ReturnType<typeof useStudio>,
  'status' | 'source' | 'loop' | 'live' | 'own' | 'shown' | 'recorder'
>

export function useLiveView(studio: Studio, chosen: Readonly<Ref<string | null>>) {
  const { status, source, loop, live, own, shown, recorder } = studio
  const exercises = useExerciseStore()
  const counting = computed(() => status.value === 'counting')
  const exercise = computed(() => chosen.value ?? shown.value?.exercise ?? null)
  const movement = computed(() => movementOf(exercises.items.find(({ slug }) => slug === exercise.value)))
  const count = computed(() => shown.value?.rep_count ?? 0)

  const { reading, tempo } = useRange({ frame: loop.frame, exercise, movement, count, counting })
  const attempt = useAttempts({ setId: recorder.setId, own: own.count, server: live.lastAttempt })
  const form = useCues({ setId: recorder.setId, count: own.count })
  const words = computed(() => exercises.ownOf(exercise.value)?.cues ?? [])
  const shownBy = useCoachCues({ setId: recorder.setId, count: own.count, cues: words })
  const cue = computed(() => shownBy.value ?? form.value)
  const joint = computed(() => movement.value?.joint ?? null)
  const message = useLiveMessage({ exercise, joint, attempt, cue, counting })
  useTelling({ listening: computed(() => counting.value && source.value === 'camera'), count, message })

  const marked = computed(() => (message.value?.joint ? keypointsOf(message.value.joint) : []))
  watch(marked, (keypoints) => loop.mark(keypoints))

  return { reading, tempo, message }
}
