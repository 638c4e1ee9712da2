/** What a replay draws attention to: the angle that a finding is about, or the one that drives the exercise. */
import form from '@facts/form.json'
import type { Finding } from '@/api/types'

export interface Question {
  /** A measure of `form.json` or an angle of the skeleton; null where it is none that a picture shows. */
  angle: string | null
  joint: string | null
  /** How the measure was taken from a phase's frames. */
  take: string | null
}

interface Standard {
  fault: string
  measure: string
  take: string
}

const STANDARDS = form.exercises as Readonly<Record<string, { faults: readonly Standard[] }>>

export function questionOf(
  exercise: string | null,
  { fault, joint, unit }: Pick<Finding, 'fault' | 'joint' | 'unit'>,
): Question {
  const standard = STANDARDS[exercise ?? '']?.faults.find((one) => one.fault === fault)
  return { angle: unit === 'deg' ? (standard?.measure ?? joint) : null, joint, take: standard?.take ?? null }
}

/** Without a finding, the angle by which repetitions are counted. */
export const drivenBy = (joint: string | null): Question => ({ angle: joint, joint, take: null })
