/** What an exercise asks of the place before the camera. */
import type { Exercise } from '@/api/types'
import type { BodyPosture } from './body'

export interface Needs {
  /** How the athlete is held at its start; any for an exercise that is still to be recognised. */
  posture: Exclude<BodyPosture, 'bent'> | 'any'
  view: Exercise['view']
  /** Whether hands go over the head. */
  overhead: boolean
  isHold: boolean
}

const LEVEL = ['push_up', 'sit_up', 'bench_press', 'mountain_climber', 'plank']
const OVERHEAD = ['jumping_jack', 'shoulder_press']

export const ANY: Needs = { posture: 'any', view: 'any', overhead: false, isHold: false }

function postureFor(slug: string): Needs['posture'] {
  if (LEVEL.includes(slug)) return 'level'
  if (slug === 'pull_up') return 'hanging'
  return slug === 'pommel_horse' ? 'any' : 'upright'
}

/** `exercise`: of the catalogue; null to have it recognised. */
export function needsOf(exercise: Pick<Exercise, 'slug' | 'view' | 'kind'> | null | undefined): Needs {
  if (!exercise) return ANY
  const { slug, view, kind } = exercise
  return { posture: postureFor(slug), view, overhead: OVERHEAD.includes(slug), isHold: kind === 'hold' }
}
