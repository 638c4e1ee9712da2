/** What the next set is: by the planned workout where one leads, else as the athlete chose. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FlowOptions } from '@/lib/flow/machine'
import { needsOf } from '@/lib/flow/needs'
import { chosenTarget } from '@/lib/flow/targets'
import { useExerciseStore } from '@/stores/exercises'
import type { SetAim } from '@/stores/workout'
import { useLedWorkout } from './useLedWorkout'
import { usePlanWords } from './usePlanWords'
import type { StudioSettings } from './useStudioSettings'

export function useTraining(settings: Readonly<Ref<StudioSettings>>, planned: Readonly<Ref<string | null>>) {
  const { t } = useI18n()
  const exercises = useExerciseStore()
  const words = usePlanWords()
  const led = useLedWorkout(planned)

  const exercise = computed(() => led.step.value?.exercise ?? settings.value.exercise)
  const target = computed(() => {
    if (led.step.value) return led.step.value.target
    return chosenTarget(settings.value.targets, exercise.value, exercises.isHold(exercise.value))
  })
  const aim = computed<SetAim>(() => ({ target: target.value, item: led.step.value?.item }))
  const options = computed<FlowOptions>(() => ({
    handsFree: settings.value.handsFree,
    countdownS: settings.value.countdownS,
    restS: led.step.value?.restS ?? settings.value.restS,
    needs: needsOf(exercises.items.find(({ slug }) => slug === exercise.value)),
    target: target.value,
  }))

  const next = computed(() => {
    const { value: step } = led.step
    if (step) {
      const { set, sets } = step
      const said = t('flow.set.step', { exercise: exercises.name(step.exercise), set, sets })
      return [said, words.precise(step)].filter(Boolean).join(', ')
    }
    return exercise.value && t('flow.set.more', { exercise: exercises.name(exercise.value) })
  })

  return { led, exercise, aim, options, next }
}
