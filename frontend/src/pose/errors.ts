/** What can go wrong between picture and keypoints. The code is for programs and translations, the message for people. */
export type PoseErrorCode =
  | 'camera_refused'
  | 'camera_none'
  | 'camera_busy'
  | 'camera_unsupported'
  | 'camera_insecure'
  | 'camera_ended'
  | 'camera_failed'
  | 'video_unreadable'
  | 'video_no_picture'
  | 'video_stalled'
  | 'backend_unknown'
  | 'backend_unavailable'
  | 'detector_unknown'
  | 'model_unreachable'
  | 'worker_crashed'
  | 'detector_failed'

export class PoseError extends Error {
  override readonly name = 'PoseError'

  constructor(
    readonly code: PoseErrorCode,
    message: string,
  ) {
    super(message)
  }

  /** Any thrown value as a PoseError, so that callers have one shape to show. */
  static from(cause: unknown, code: PoseErrorCode = 'detector_failed'): PoseError {
    if (cause instanceof PoseError) return cause
    const message =
      cause instanceof Error ? cause.message : String((cause as { message?: unknown })?.message ?? cause)
    return new PoseError(code, message)
  }
}
