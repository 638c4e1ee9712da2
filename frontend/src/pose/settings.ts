/** What can be chosen about the detector, and what it may say; loads nothing of TensorFlow.js itself. */
import { PoseError } from './errors'

/** WebGL or WebGPU on the graphics chip, or WebAssembly with SIMD on the processor. */
export type Backend = 'webgl' | 'webgpu' | 'wasm'
/** 'wasm' keeps to one thread, 'wasm-threads' takes several where the browser allows it. */
export type BackendChoice = 'auto' | Backend | 'wasm-threads'

export const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', 'webgl', 'webgpu', 'wasm', 'wasm-threads']

/** The choice that a word stands for; throws a PoseError that lists the legal ones. */
export function parseChoice(word: string): BackendChoice {
  const choice = BACKEND_CHOICES.find((legal) => legal === word)
  if (choice) return choice
  throw new PoseError(
    'backend_unknown',
    `backend: expected one of ${BACKEND_CHOICES.join(', ')}, got "${word}"`,
  )
}

/** PoseNet, MoveNet Lightning ('movenet') or Thunder, or PoseNet until it fails the athlete. */
export type DetectorChoice = 'auto' | 'posenet' | 'movenet' | 'thunder'

export const DETECTOR_CHOICES: readonly DetectorChoice[] = ['auto', 'posenet', 'movenet', 'thunder']

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
  code:
    'webgl_missing' | 'webgl_software' | 'webgl_lost' | 'webgl_failed' | 'webgpu_missing' | 'threads_missing'
  message: string
}

const ON_PROCESSOR = 'so your pose is found on the processor (WASM) instead.'

const MESSAGES: Readonly<Record<Notice['code'], string>> = {
  webgl_missing: `This browser offers no WebGL, ${ON_PROCESSOR}`,
  webgl_software: `This browser has WebGL without a graphics chip, which is slow, ${ON_PROCESSOR}`,
  webgl_lost: `The graphics chip was taken away from this page, ${ON_PROCESSOR}`,
  webgl_failed: `The graphics chip gave no usable answer, ${ON_PROCESSOR}`,
  webgpu_missing: 'This browser offers no usable WebGPU, so your pose is found in another way.',
  threads_missing: 'This browser gives this page one thread only, so your pose is found by one.',
}

export function noticeOf(code: Notice['code']): Notice {
  return { code, message: MESSAGES[code] }
}
