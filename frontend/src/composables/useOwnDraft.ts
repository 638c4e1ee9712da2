/** The exercise that is being shown: recording, marks, words, and the template that they come to. */
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { getOwn, getOwnFrames, putOwn } from '@/api/own'
import type { OwnExercise, OwnExerciseGiven } from '@/api/types'
import { analyzeOwn } from '@/discriminator/own'
import { JOINTS, measured, proposed } from '@/discriminator/ownJoints'
import { proposeMarks } from '@/discriminator/ownMarks'
import { makeTemplate, type Template, type Unfit } from '@/discriminator/ownTemplate'
import { blank, chosenOf, draftOf, keptOf, markProblem, type Draft } from '@/lib/ownDraft'
import { filmOfFrames, packed, sequenceOfFilm } from '@/lib/ownRecording'
import { filmOf, type Film } from '@/lib/replay/film'
import type { StampedFrame } from '@/pose/frame'

export function useOwnDraft(id: string) {
  const { t } = useI18n()
  const draft = ref<Draft>(blank())
  const film = shallowRef<Film | null>(null)
  /** A recording in which nobody was seen. */
  const empty = ref(false)
  /** Of a new recording; null keeps the one that is stored. */
  let reference: string | null = null

  const sequence = computed(() => film.value && sequenceOfFilm(film.value))
  const kept = computed(() => keptOf(draft.value.marks))
  const made = computed<Template | Unfit | null>(() => {
    if (!sequence.value || markProblem(draft.value.marks)) return null
    return makeTemplate(sequence.value, kept.value, draft.value.joints)
  })
  const template = computed(() => (made.value && typeof made.value === 'object' ? made.value : null))
  const problem = computed(() => (typeof made.value === 'string' ? t(`own.marks.${made.value}`) : ''))
  const angles = computed(() =>
    sequence.value && kept.value.length ? measured(sequence.value, kept.value, JOINTS) : [],
  )
  /** How many the recording itself comes to. */
  const inRecording = computed(() =>
    sequence.value && template.value ? analyzeOwn(sequence.value, template.value, '').reps.length : 0,
  )

  function take(frames: StampedFrame[]): void {
    const taken = filmOfFrames(frames)
    const marks = taken ? proposeMarks(sequenceOfFilm(taken)) : []
    empty.value = !taken || !marks.length
    if (!taken) return
    film.value = taken
    reference = packed(frames)
    draft.value.marks = chosenOf(marks)
    const example = keptOf(draft.value.marks)
    draft.value.joints = example.length ? proposed(sequenceOfFilm(taken), example) : []
  }

  /** What is stored of it. @throws ApiError */
  async function load(): Promise<void> {
    const [own, frames] = await Promise.all([getOwn(id), getOwnFrames(id)])
    draft.value = draftOf(own)
    film.value = filmOf(frames)
    reference = null
  }

  /** What is missing, by field; empty where nothing is. */
  function missing(): Record<string, string[]> {
    const found: Record<string, string[]> = {}
    if (!film.value) found.reference = [t('own.needRecording')]
    if (!draft.value.name.trim()) found.name = [t('own.needName')]
    if (!draft.value.description.trim()) found.description = [t('own.needDescription')]
    const wrong = markProblem(draft.value.marks)
    if (film.value && wrong) found.marks = [t(`own.${wrong.key}`, { n: wrong.n ?? 0 })]
    return found
  }

  function save(): Promise<OwnExercise> {
    const { name, description, view, joints, cues } = draft.value
    const body: OwnExerciseGiven = {
      name: name.trim(),
      description: description.trim(),
      view,
      joints: joints as OwnExerciseGiven['joints'],
      marks: kept.value,
      cues: cues.filter(({ text }) => text.trim()),
    }
    return putOwn(id, reference === null ? body : { ...body, reference })
  }

  return { draft, film, empty, template, problem, angles, inRecording, kept, take, load, missing, save }
}
