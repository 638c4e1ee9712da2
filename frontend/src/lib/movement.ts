/** Which joint an exercise moves, and which way: the facts that a range of motion is shown by. */
import type { Exercise } from '@/api/types'

export interface Movement {
  /** Angle of `skeleton.json`, without left or right. */
  joint: string
  /** Whether the angle grows on the way to the turn, as in a press; else the joint bends, as in a squat. */
  opens: boolean
  /** Whether left and right take turns. */
  alternates: boolean
}

const OPENING: readonly string[] = ['jumping_jack', 'shoulder_press', 'front_raise', 'deadlift']
const ALTERNATING: readonly string[] = ['lunge', 'bicep_curl', 'high_knees', 'mountain_climber']
/** The legs circle: no angle goes there and back. */
const ROUND: readonly string[] = ['pommel_horse']

/** Null for a hold, a circle, and an exercise that is not known. */
export function movementOf(
  exercise: Pick<Exercise, 'slug' | 'kind' | 'joints'> | undefined,
): Movement | null {
  const joint = exercise?.joints[0]
  if (!exercise || !joint || exercise.kind === 'hold' || ROUND.includes(exercise.slug)) return null
  return { joint, opens: OPENING.includes(exercise.slug), alternates: ALTERNATING.includes(exercise.slug) }
}
