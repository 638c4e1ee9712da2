import { useI18n } from 'vue-i18n'
import type { Correction, SetDetail } from '@/api/types'
import { useFormat } from '@/composables/useFormat'
import { useSetAnswer } from '@/composables/useSetAnswer'
import { spanOf, type SetEvent } from '@/lib/reps'
import { useExerciseStore } from '@/stores/exercises'

type SetCorrections = Pick<ReturnType<typeof useSetAnswer>, 'set' | 'accept'> & {
  count: (reps: number) => void
  exercise: (slug: string) => void
  /** Counts what was not counted, and the other way round. */
  judge: (event: SetEvent) => void
  takeBack: (correction: Correction) => void
}

/** The taps by which an athlete puts a set right, each with the words of its notice. */
export function useSetCorrections(onKept?: (set: SetDetail | null) => void): SetCorrections {
  const { t } = useI18n()
  const format = useFormat()
  const exercises = useExerciseStore()
  const answer = useSetAnswer(() => onKept?.(answer.set.value))

  function judge(event: SetEvent): void {
    if (event.correction) return void answer.takeBack(event.correction.id)
    const { start_ms } = spanOf(event)
    const kind = event.kind === 'rep' ? 'not_a_rep' : 'is_a_rep'
    void answer.correct({ kind, start_ms }, t(`corrections.said.${kind}`))
  }

  return {
    set: answer.set,
    accept: answer.accept,
    judge,
    count: (reps) =>
      void answer.correct(
        { kind: 'count', rep_count: reps },
        t('corrections.said.count', { reps: format.count('reps', reps) }),
      ),
    exercise: (slug) =>
      void answer.correct(
        { kind: 'exercise', exercise: slug },
        t('corrections.said.exercise', { name: exercises.name(slug) }),
      ),
    takeBack: ({ id }) => void answer.takeBack(id),
  }
}
