import { expect, it } from 'vitest'
import type { CoachCue } from '@/api/types'
import { nextCue, opening, SILENT, type CueState } from './coachCues'

const CUES: CoachCue[] = [
  { text: 'Feet wide.', moment: 'start' },
  { text: 'Breathe.', moment: 'start' },
  { text: 'Chest up', moment: 'during' },
  { text: 'Slowly', moment: 'during' },
  { text: 'A little deeper', moment: 'short' },
]

/** What is said over looks of [s, repetitions, attempts]. */
function said(looks: [number, number, number][], cues = CUES): (string | null)[] {
  let state: CueState = SILENT
  return looks.map(([s, reps, attempts]) => {
    const answer = nextCue(state, cues, { reps, attempts, reason: 'too_small', atMs: 1000 * s })
    state = answer.state
    return answer.said
  })
}

it('opens with all that is for the start', () => {
  expect(opening(CUES)).toBe('Feet wide. Breathe.')
  expect(opening([])).toBe('')
})

it('takes turns every four repetitions', () => {
  expect(
    said([
      [3, 3, 0],
      [12, 4, 0],
      [24, 7, 0],
      [36, 8, 0],
      [48, 12, 0],
    ]),
  ).toEqual([null, 'Chest up', null, 'Slowly', 'Chest up'])
})

it('says at once what is about a movement that fell short, and waits before it speaks again', () => {
  expect(
    said([
      [12, 1, 1],
      [15, 1, 2],
      [23, 1, 3],
    ]),
  ).toEqual(['A little deeper', null, 'A little deeper'])
})

it('is silent without words', () => {
  expect(said([[12, 9, 3]], [])).toEqual([null])
})
