/**
 * Everything that can be set about how poses are found, with its defaults and limits.
 *
 * Knows neither Vue nor TensorFlow.js: what is stored on a device comes in as anything and leaves as legal settings.
 */
import {
  BACKEND_CHOICES,
  DETECTOR_CHOICES,
  INPUT_SIDES_PX,
  type BackendChoice,
  type DetectorChoice,
  type InputSidePx,
} from './settings'

/** Px of the square that one cell of PoseNet's heat map stands for; the shipped graph is built for 16. */
export const OUTPUT_STRIDES = [8, 16] as const
export type OutputStride = (typeof OUTPUT_STRIDES)[number]

/** Longest side of the picture that reaches the worker, as a multiple of the square's side. */
export const IMAGE_SCALES = [1, 2, 3] as const
export type ImageScale = (typeof IMAGE_SCALES)[number]

/** What the worker needs to know. */
export interface WorkerSettings {
  backend: BackendChoice
  detector: DetectorChoice
  inputSidePx: InputSidePx
  outputStride: OutputStride
  /** Whether to look for other people, so that the athlete is not taken for one of them. */
  several: boolean
  /** At most so many people are told apart. */
  maxPeople: number
  /** A keypoint at which a person may begin has at least this score, in (0, 1). */
  scoreThreshold: number
  /** Two keypoints of a kind closer than this are one, in px of the square. */
  nmsRadiusPx: number
  /** Whether the second network makes PoseNet's keypoints more exact. */
  refine: boolean
}

export interface DetectorSettings extends WorkerSettings {
  imageScale: ImageScale
  /** Whether the camera is shown as a mirror would; never stored that way. */
  mirror: boolean
}

export const DEFAULT_SETTINGS: Readonly<DetectorSettings> = {
  backend: 'auto',
  detector: 'auto',
  inputSidePx: 257,
  outputStride: 16,
  imageScale: 2,
  several: true,
  maxPeople: 5,
  scoreThreshold: 0.5,
  nmsRadiusPx: 20,
  refine: true,
  mirror: true,
}

/** What the worker need not know. */
const PAGES_OWN: readonly string[] = ['imageScale', 'mirror']

/** Least, most and step of what is a number on a scale. */
export const RANGES = {
  maxPeople: { min: 2, max: 10, step: 1 },
  scoreThreshold: { min: 0.1, max: 0.9, step: 0.05 },
  nmsRadiusPx: { min: 5, max: 60, step: 5 },
} as const satisfies Partial<Record<keyof DetectorSettings, { min: number; max: number; step: number }>>

type Check = (value: unknown) => boolean
const oneOf =
  (legal: readonly unknown[]): Check =>
  (value) =>
    legal.includes(value)
const within =
  ({ min, max }: { min: number; max: number }): Check =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max
const isBoolean: Check = (value) => typeof value === 'boolean'

const CHECKS: Readonly<Record<keyof DetectorSettings, Check>> = {
  backend: oneOf(BACKEND_CHOICES),
  detector: oneOf(DETECTOR_CHOICES),
  inputSidePx: oneOf(INPUT_SIDES_PX),
  outputStride: oneOf(OUTPUT_STRIDES),
  imageScale: oneOf(IMAGE_SCALES),
  several: isBoolean,
  maxPeople: (value) => within(RANGES.maxPeople)(value) && Number.isInteger(value),
  scoreThreshold: within(RANGES.scoreThreshold),
  nmsRadiusPx: within(RANGES.nmsRadiusPx),
  refine: isBoolean,
  mirror: isBoolean,
}

/** Of anything, the settings that are legal; the default stands for each that is missing or is not. */
export function validSettings(stored: unknown): DetectorSettings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  if (typeof stored !== 'object' || stored === null) return { ...DEFAULT_SETTINGS }
  for (const [name, check] of Object.entries(CHECKS)) {
    const value = (stored as Record<string, unknown>)[name]
    if (check(value)) settings[name] = value
  }
  return settings as unknown as DetectorSettings
}

/** The part that the worker is loaded with: when it changes, the worker starts again. */
export function workerSettings(settings: DetectorSettings): WorkerSettings {
  const given = Object.entries(settings).filter(([name]) => !PAGES_OWN.includes(name))
  return Object.fromEntries(given) as unknown as WorkerSettings
}
