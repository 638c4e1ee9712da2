/** What can be chosen about the detector, and what it may say; loads nothing of TensorFlow.js itself. */
import { PoseError } from './errors'

/** WebGL on the graphics chip, or WebAssembly with SIMD on the processor. */
export type Backend = 'webgl' | 'wasm'
export type BackendChoice = 'auto' | Backend

export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', 'webgl', 'wasm']

/** The choice that a word stands for; throws a PoseError that lists the legal ones. */
export function parseChoice(word: string): BackendChoice {
  const choice = BACKEND_CHOICES.find((legal) => legal === word)
  if (choice) return choice
  throw new PoseError(
    'backend_unknown',
    `backend: expected one of ${BACKEND_CHOICES.join(', ')}, got "${word}"`,
  )
}

/** PoseNet, MoveNet Lightning, or PoseNet until it fails the athlete. */
export type DetectorChoice = 'auto' | 'posenet' | 'movenet'

export const DETECTOR_CHOICES: readonly DetectorChoice[] = ['auto', 'posenet', 'movenet']

/** The choice that a word stands for; throws a PoseError that lists the legal ones. */
export function parseDetector(word: string): DetectorChoice {
  const choice = DETECTOR_CHOICES.find((legal) => legal === word)
  if (choice) return choice
  throw new PoseError(
    'detector_unknown',
    `detector: expected one of ${DETECTOR_CHOICES.join(', ')}, got "${word}"`,
  )
}

/** Side of the square that PoseNet sees, in px. Larger sees better and takes longer. */
export const INPUT_SIDES_PX = [161, 193, 225, 257, 289, 321, 353, 385, 417, 449, 481, 513] as const
export type InputSidePx = (typeof INPUT_SIDES_PX)[number]

/** Something that the user should know and that stops nothing. */
export interface Notice {
  code: 'webgl_missing' | 'webgl_software' | 'webgl_lost' | 'webgl_failed'
  message: string
}

const REASONS: Readonly<Record<Notice['code'], string>> = {
  webgl_missing: 'This browser offers no WebGL',
  webgl_software: 'This browser has WebGL without a graphics chip, which is slow',
  webgl_lost: 'The graphics chip was taken away from this page',
  webgl_failed: 'The graphics chip gave no usable answer',
}

export function noticeOf(code: Notice['code']): Notice {
  return { code, message: `${REASONS[code]}, so your pose is found on the processor (WASM) instead.` }
}
