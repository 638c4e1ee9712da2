import type { Conditions } from './conditions'

/** A picture on its way to the worker. Whoever takes it closes `image`. */
export interface Picture {
  /** Taken down in size; `widthPx` and `heightPx` are those of the source. */
  image: ImageBitmap
  widthPx: number
  heightPx: number
  /** Since the source started. */
  tMs: number
  /** Whether no player shows it: who draws on it draws the picture as well. */
  isUnseen?: boolean
  /** When a camera took it, by the page's own clock (`performance.now`); a file's pictures are of any time. */
  takenMs?: number
}

/**
 * Where pictures come from.
 *
 * `run` calls `consume` for one picture at a time and settles, with none in work, when the source has ended
 * or `signal` has aborted. Of a file, which drops nothing, the next picture is handed on while one is in work.
 * It rejects with a PoseError when the source fails.
 */
export interface FrameSource {
  readonly kind: 'camera' | 'video'
  run(consume: (picture: Picture) => Promise<void>, options: RunOptions): Promise<void>
}

export interface RunOptions {
  signal: AbortSignal
  /** Whether the pixels will be read on the processor. */
  onProcessor: boolean
  /** Longest side of the pictures, in px: a camera of any size costs the same. */
  longestPx?: number
  /** Called with the share of the source that is done, in [0, 1]; a camera never calls it. */
  onProgress?: (share: number) => void
  /** Where a file is read on after an interruption; of a camera there is only now. */
  fromMs?: number
  /** Called every few seconds; a file never calls it. */
  onConditions?: (conditions: Conditions) => void
}
