/** What page and pose worker say to each other. Every request gets exactly one answer: its result or 'failed'. */
import type { Backend, BackendChoice, Notice } from '@/pose/backend'
import type { InputSidePx } from '@/pose/detector'
import type { SkeletonStyle } from '@/pose/draw'
import type { PoseErrorCode } from '@/pose/errors'
import type { Pose } from '@/pose/frame'

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
  /** Whether the picture itself is painted under the skeleton. */
  paint: boolean
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
  | { type: 'pose'; pose: Pose; widthPx: number; heightPx: number; tookMs: number }
  | { type: 'failed'; code: PoseErrorCode; message: string }
