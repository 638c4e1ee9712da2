/** Whether the camera sees the athlete as the exercise needs it, and if not, the one thing to do about it first. */
import type { Pose } from '@/pose/frame'
import { HIPS } from '@/pose/skeleton'
import {
  ANKLES,
  bodyBox,
  breadthOf,
  HEAD,
  isPartSeen,
  isSomebody,
  KNEES,
  postureOf,
  WRISTS,
  type Box,
} from './body'
import type { Needs } from './needs'

/** *_cut: it is outside the picture. *_hidden: it is inside, and something is in the way. */
export type FramingFault =
  | 'nobody'
  | `${Part}_cut`
  | `${Part}_hidden`
  | 'too_near'
  | 'headroom'
  | 'too_far'
  | 'aside_left'
  | 'aside_right'
  | 'get_down'
  | 'get_up'
  | 'hang'
  | 'turn_side'
  | 'turn_front'

type Part = 'hips' | 'legs' | 'feet' | 'head' | 'hands'

/** In order of what to say first. One of a pair is enough: from the side the other is hidden. */
const PARTS: readonly (readonly [Part, readonly number[]])[] = [
  ['hips', HIPS],
  ['legs', KNEES],
  ['feet', ANKLES],
  ['head', HEAD],
  ['hands', WRISTS],
]

/** How far below what is left of a standing body the missing part is, in heights of what is left. */
const BELOW: Readonly<Record<Exclude<Part, 'head'>, number>> = { hips: 1, legs: 1 / 2, feet: 1 / 3, hands: 0 }

/** Shares of the picture. */
const NEAR_EDGE = 0.05
const TOO_FAR = 0.3
const TOO_NEAR = 0.92
const ASIDE = 0.2
/** Of the distance from nose to ankles: hands above the nose when stretched. */
const REACH = 0.18
/** Breadths, see `breadthOf`: well away from 45°, which serves both. */
const FRONTAL = 0.7
const PROFILE = 0.28

/** Faults that advice is given about and that keep nobody from training. */
export const SOFT: readonly FramingFault[] = ['turn_side', 'turn_front']

/** The first thing in the way, null where all is well. `aspect`: the picture's width over its height. */
export function framingFault(pose: Pose, aspect: number, needs: Needs): FramingFault | null {
  const box = bodyBox(pose)
  if (!box || !isSomebody(pose)) return 'nobody'
  return (
    missing(pose, box) ??
    placing(box, needs, postureOf(pose, aspect) === 'level') ??
    bearing(pose, aspect, needs) ??
    facing(pose, aspect, needs)
  )
}

function missing(pose: Pose, box: Box): FramingFault | null {
  const part = PARTS.find(([, keypoints]) => !isPartSeen(pose, keypoints))?.[0]
  if (!part) return null
  return `${part}_${reachesEdge(part, box) ? 'cut' : 'hidden'}`
}

/** Whether what is seen of the body goes on beyond the picture where the part would be. */
function reachesEdge(part: Part, { left, right, top, bottom }: Box): boolean {
  if (left < NEAR_EDGE || right > 1 - NEAR_EDGE) return true
  if (part === 'head') return top < 3 * NEAR_EDGE
  return bottom + BELOW[part] * (bottom - top) > 1 - NEAR_EDGE
}

function placing(box: Box, needs: Needs, isLevel: boolean): FramingFault | null {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  const share = Math.max(width, height)
  if (share > TOO_NEAR) return 'too_near'
  if (needs.overhead && !isLevel && box.top - REACH * height < 0) return 'headroom'
  if (share < TOO_FAR) return 'too_far'
  const middle = (box.left + box.right) / 2
  if (middle < ASIDE) return 'aside_left'
  return middle > 1 - ASIDE ? 'aside_right' : null
}

function bearing(pose: Pose, aspect: number, { posture }: Needs): FramingFault | null {
  if (posture === 'any') return null
  const now = postureOf(pose, aspect)
  if (posture === 'level') return now === 'level' ? null : 'get_down'
  if (posture === 'hanging') return now === 'hanging' ? null : 'hang'
  return now === 'level' ? 'get_up' : null
}

/** Lying bodies are left alone: how they lie says it already. */
function facing(pose: Pose, aspect: number, { view, posture }: Needs): FramingFault | null {
  if (view === 'any' || posture === 'level') return null
  const breadth = breadthOf(pose, aspect)
  if (breadth === null) return null
  if (view === 'side') return breadth > FRONTAL ? 'turn_side' : null
  return breadth < PROFILE ? 'turn_front' : null
}
