/** An exercise that a coach is about to save: what was marked and written, and what is missing. */
import type { CoachCue, Exercise, OwnExercise } from '@/api/types'
import { LEAST_MARKS, MOST_MARKS, type Mark } from '@/discriminator/ownTemplate'

/** A repetition of the recording that may be kept as an example. */
export interface DraftMark extends Mark {
  id: number
  kept: boolean
}

export interface Draft {
  name: string
  description: string
  view: Exercise['view']
  joints: string[]
  marks: DraftMark[]
  cues: CoachCue[]
}

/** Key under `own`, and the number of the repetition that is meant. */
export interface Problem {
  key: string
  n?: number
}

export const MOST_CUES = 6
/** Kept at first: those in the middle are the calmest. */
const KEPT = 3
const SHORTEST_MS = 400
const LONGEST_MS = 20_000

export const blank = (): Draft => ({
  name: '',
  description: '',
  view: 'any',
  joints: [],
  marks: [],
  cues: [],
})

export function draftOf({ name, description, view, joints, marks, cues }: OwnExercise): Draft {
  return {
    name,
    description,
    view: view as Exercise['view'],
    joints: [...joints],
    marks: marks.map((mark, id) => ({ ...mark, id, kept: true })),
    cues: cues.map((cue) => ({ ...cue })),
  }
}

/** Of what was found in a recording: a few in its middle are kept. */
export function chosenOf(found: readonly Mark[]): DraftMark[] {
  const first = Math.max(0, Math.floor((found.length - KEPT) / 2))
  return found.map((mark, id) => ({ ...mark, id, kept: id >= first && id < first + KEPT }))
}

export const keptOf = (marks: readonly DraftMark[]): Mark[] =>
  [...marks]
    .filter(({ kept }) => kept)
    .sort((a, b) => a.start_ms - b.start_ms)
    .map(({ start_ms, turn_ms, end_ms }) => ({ start_ms, turn_ms, end_ms }))

/** What is wrong with the kept repetitions; null where nothing is. */
export function markProblem(marks: readonly DraftMark[]): Problem | null {
  const kept = keptOf(marks)
  if (kept.length < LEAST_MARKS) return { key: 'marks.few' }
  if (kept.length > MOST_MARKS) return { key: 'marks.many' }
  for (const [i, { start_ms, turn_ms, end_ms }] of kept.entries()) {
    const before = i ? kept[i - 1].end_ms : 0
    if (!(before <= start_ms && start_ms < turn_ms && turn_ms < end_ms))
      return { key: 'marks.order', n: i + 1 }
    if (end_ms - start_ms < SHORTEST_MS || end_ms - start_ms > LONGEST_MS)
      return { key: 'marks.length', n: i + 1 }
  }
  return null
}

/** A repetition around a moment, as long as the others usually are. */
export function markAt(marks: readonly DraftMark[], atMs: number, endMs: number): DraftMark {
  const lengths = marks.map(({ start_ms, end_ms }) => end_ms - start_ms).sort((a, b) => a - b)
  const half = Math.round((lengths[lengths.length >> 1] ?? 2_000) / 2)
  const id = 1 + Math.max(-1, ...marks.map((mark) => mark.id))
  const turn_ms = Math.round(atMs)
  return {
    id,
    kept: true,
    start_ms: Math.max(0, turn_ms - half),
    turn_ms,
    end_ms: Math.min(endMs, turn_ms + half),
  }
}
