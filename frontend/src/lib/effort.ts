/** Perceived effort, 1 to 10 in half steps (RPE; Borg's CR10 read as repetitions in reserve, Zourdos 2016). */
export const EFFORTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

export type EffortWord =
  'veryEasy' | 'easy' | 'moderate' | 'threeLeft' | 'twoLeft' | 'oneLeft' | 'nothingLeft'

const FROM: readonly [rpe: number, word: EffortWord][] = [
  [10, 'nothingLeft'],
  [9, 'oneLeft'],
  [8, 'twoLeft'],
  [7, 'threeLeft'],
  [5, 'moderate'],
  [3, 'easy'],
]

export const effortWord = (rpe: number): EffortWord => FROM.find(([from]) => rpe >= from)?.[1] ?? 'veryEasy'
