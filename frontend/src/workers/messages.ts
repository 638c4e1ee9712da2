/** What page and pose worker say to each other. Every request gets exactly one answer: its result or 'failed'. */
import type { SkeletonStyle } from '@/pose/draw'
import type { PoseErrorCode } from '@/pose/errors'
import type { Pose } from '@/pose/frame'
import type { Backend, BackendChoice, InputSidePx, Notice } from '@/pose/settings'

export interface LoadRequest {
  type: 'load'
  backend: BackendChoice
  /** Absolute addresses: a worker's own address is inside the build. */
  modelUrl: string
  wasmUrl: string
  inputSidePx: InputSidePx
  style: SkeletonStyle
}

export interface EstimateRequest {
  type: 'estimate'
  image: ImageBitmap
  /** Size of the source, which the canvas takes on. */
  widthPx: number
  heightPx: number
}

/** Without an answer. */
export type Order =
  /** Where the skeleton is drawn from now on. */
  | { type: 'surface'; canvas: OffscreenCanvas }
  | { type: 'highlight'; keypoints: readonly number[] }
  | { type: 'clear' }

export type ToWorker = LoadRequest | EstimateRequest | Order

export type FromWorker =
  /** phase: the model's download, then the compilation of shaders; share in [0, 1] of the phase. */
  | { type: 'progress'; phase: 'download' | 'compile'; share: number }
  | { type: 'backend'; backend: Backend; notice: Notice | null }
  | { type: 'ready' }
  | { type: 'pose'; pose: Pose }
  | { type: 'failed'; code: PoseErrorCode; message: string }
