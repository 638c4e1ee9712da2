/** Which joint an exercise moves, and which way: the facts that a range of motion is shown by. */
import type { Exercise } from '@/api/types'
import { OPENING, ROUND } from '@/discriminator/swing'

export interface Movement {
  /** Angle of `skeleton.json`, without left or right. */
  joint: string
  /** Whether the angle grows on the way to the turn, as in a press; else the joint bends, as in a squat. */
  opens: boolean
  /** Whether left and right take turns. */
  alternates: boolean
}

const ALTERNATING: readonly string[] = ['lunge', 'bicep_curl', 'high_knees', 'mountain_climber']

/** Null for a hold, a circle, and an exercise that is not known. */
export function movementOf(
  exercise: Pick<Exercise, 'slug' | 'kind' | 'joints' | 'own'> | undefined,
): Movement | null {
  const joint = exercise?.joints[0]
  const shown = exercise?.own?.template.joints[0]
  if (shown) return { joint: shown.name, opens: shown.turn_deg > shown.start_deg, alternates: false }
  if (!exercise || !joint || exercise.kind === 'hold' || ROUND.includes(exercise.slug)) return null
  return { joint, opens: OPENING.includes(exercise.slug), alternates: ALTERNATING.includes(exercise.slug) }
}

/** What a movement that fell short lacks, in the words of its exercise. */
export type Way = 'deep' | 'high' | 'far'

const DEEP: readonly string[] = ['squat', 'push_up', 'lunge', 'bench_press']
const HIGH: readonly string[] = [
  'pull_up',
  'sit_up',
  'bicep_curl',
  'shoulder_press',
  'front_raise',
  'jumping_jack',
  'high_knees',
]

export function wayOf(slug: string | null): Way {
  if (slug !== null && DEEP.includes(slug)) return 'deep'
  return slug !== null && HIGH.includes(slug) ? 'high' : 'far'
}
