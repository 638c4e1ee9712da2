/** What page and pose worker say to each other. Every request gets exactly one answer: its result or 'failed'. */
import type { SkeletonStyle } from '@/pose/draw'
import type { PoseErrorCode } from '@/pose/errors'
import type { Pose } from '@/pose/frame'
import type { WorkerSettings } from '@/pose/detectorSettings'
import type { Choice } from '@/pose/eye'
import type { Backend, Notice } from '@/pose/settings'
import type { Estimator } from '@/pose/skeleton'

export interface LoadRequest extends WorkerSettings {
  type: 'load'
  /** Absolute addresses: a worker's own address is inside the build. */
  modelUrls: Record<'posenet' | 'movenet' | 'thunder' | 'refiner', string>
  wasmUrl: string
  style: SkeletonStyle
}

export interface EstimateRequest {
  type: 'estimate'
  image: ImageBitmap
  /** Size of the source, which the canvas takes on. */
  widthPx: number
  heightPx: number
  /** Since the source started. */
  tMs: number
  /** Whether it matters that the athlete is seen well: with 'auto' another estimator may take over then. */
  inSet: boolean
  /** Whether the picture is drawn as well, under the skeleton: no player shows it. */
  isUnseen?: boolean
}

/** Without an answer. */
export type Order =
  /** Where the skeleton is drawn from now on. */
  | { type: 'surface'; canvas: OffscreenCanvas }
  | { type: 'highlight'; keypoints: readonly number[] }
  /** What a cue is about. */
  | { type: 'mark'; keypoints: readonly number[] }
  | { type: 'clear' }
  /** Another source comes: whoever was followed is forgotten. */
  | { type: 'afresh' }
  /** Somebody else is the athlete from the next picture on. */
  | { type: 'follow'; choice: Choice }

export type ToWorker = LoadRequest | EstimateRequest | Order

/** A pose and who found it. */
export interface Found {
  pose: Pose
  estimator: Estimator
  /** How many others are in view. */
  others: number
}

export type FromWorker =
  /** phase: the model's download, then the compilation of shaders; share in [0, 1] of the phase. */
  | { type: 'progress'; phase: 'download' | 'compile'; share: number }
  /** threads: those that WASM has. */
  | { type: 'backend'; backend: Backend; threads: number; notice: Notice | null }
  | { type: 'ready' }
  | ({ type: 'pose' } & Found)
  | { type: 'failed'; code: PoseErrorCode; message: string }
