/** A picture on its way to the worker. Whoever takes it closes `image`. */
export interface Picture {
  image: ImageBitmap
  /** Since the source started. */
  tMs: number
}

/**
 * Where pictures come from.
 *
 * `run` calls `consume` for one picture at a time and settles when the source has ended or `signal` has
 * aborted. It rejects with a PoseError when the source fails.
 */
export interface FrameSource {
  readonly kind: 'camera' | 'video'
  run(consume: (picture: Picture) => Promise<void>, options: RunOptions): Promise<void>
}

export interface RunOptions {
  signal: AbortSignal
  /** Called with the share of the source that is done, in [0, 1]; a camera never calls it. */
  onProgress?: (share: number) => void
}
