/** Made-up people for tests: a few proportions, no estimator's errors. */
import { emptyPose, type Pose } from '@/pose/frame'
import { C, KEYPOINTS } from '@/pose/skeleton'

export interface PersonOptions {
  /** Middle between the ankles, in shares of the picture. */
  x?: number
  ground?: number
  /** From the nose to the ankles, in picture heights. */
  height?: number
  view?: 'front' | 'side'
  posture?: 'standing' | 'lying'
  handsUp?: 0 | 1 | 2
  aspect?: number
}

export const ASPECT = 4 / 3

/** Right, and up from the ground, in heights of the person seen from the front; sides are the person's own. */
const STANDING: Readonly<Record<string, readonly [number, number]>> = {
  nose: [0, 1],
  eye: [0.02, 1.02],
  ear: [0.045, 1.01],
  shoulder: [0.14, 0.86],
  elbow: [0.16, 0.68],
  wrist: [0.17, 0.52],
  hip: [0.08, 0.5],
  knee: [0.08, 0.26],
  ankle: [0.08, 0],
}
const RAISED: Readonly<Record<string, readonly [number, number]>> = {
  elbow: [0.17, 1.02],
  wrist: [0.16, 1.2],
}
const PROFILE = 0.25

export function person(options: PersonOptions = {}): Pose {
  const {
    x = 0.5,
    ground = 0.88,
    height = 0.62,
    view = 'front',
    posture = 'standing',
    handsUp = 0,
    aspect = ASPECT,
  } = options
  const pose = emptyPose()
  for (const [k, name] of KEYPOINTS.entries()) {
    const isLeft = name.startsWith('left')
    const joint = name.replace(/^(left|right)_/, '')
    const isRaised = handsUp === 2 || (handsUp === 1 && isLeft)
    const [across, up] = (isRaised && RAISED[joint]) || STANDING[joint]
    const side = (isLeft ? 1 : -1) * across * (view === 'side' ? PROFILE : 1)
    const [dx, dy] = posture === 'lying' ? [up - 0.5, side] : [side, up]
    pose[k * C] = x + (dx * height) / aspect
    pose[k * C + 1] = ground - dy * height
    pose[k * C + 2] = 0.9
  }
  return pose
}

/** The pose with these keypoints unseen, by parts of their names. */
export function without(pose: Pose, ...parts: string[]): Pose {
  const hidden = pose.slice()
  KEYPOINTS.forEach((name, k) => {
    if (parts.some((part) => name.includes(part))) hidden[k * C + 2] = 0.05
  })
  return hidden
}
