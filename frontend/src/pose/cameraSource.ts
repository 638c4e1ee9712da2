/** Pictures of a running camera: always the newest, never a queue. */
import { ConditionsMeter } from './conditions'
import { PoseError } from './errors'
import type { FrameSource, Picture, RunOptions } from './frameSource'
import { Shutter } from './preprocess'

export class CameraSource implements FrameSource {
  readonly kind = 'camera'

  /** `video` plays `stream`. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly stream: MediaStream,
  ) {}

  run(
    consume: (picture: Picture) => Promise<void>,
    { signal, onProcessor, longestPx, onConditions }: RunOptions,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const startMs = performance.now()
      const shutter = new Shutter(onProcessor, longestPx)
      const meter = onConditions && new ConditionsMeter(onConditions)
      const track = this.stream.getVideoTracks()[0]
      let inWork: Promise<void> | null = null
      let cancel: () => void = () => undefined

      const finish = (error?: unknown) => {
        cancel()
        signal.removeEventListener('abort', onAbort)
        track?.removeEventListener('ended', onEnded)
        // The next run must not meet a picture of this one.
        void (inWork ?? Promise.resolve()).then(() =>
          error === undefined ? resolve() : reject(PoseError.from(error, 'camera_failed')),
        )
      }
      const onAbort = () => finish()
      const onEnded = () =>
        finish(
          new PoseError(
            'camera_ended',
            'The camera was switched off or unplugged. Connect it and start again.',
          ),
        )
      const onFrame = () => {
        cancel = this.nextFrame(onFrame)
        meter?.see(this.video, performance.now())
        // A picture that comes while one is in work is dropped: a late skeleton is worse than a rare one.
        const shot = inWork ? null : shutter.take(this.video)
        if (!shot) return
        const takenMs = performance.now()
        inWork = consume({ ...shot, tMs: takenMs - startMs, takenMs })
          .catch(finish)
          .finally(() => (inWork = null))
      }

      if (signal.aborted) return resolve()
      if (!track || track.readyState === 'ended') return onEnded()
      signal.addEventListener('abort', onAbort)
      track.addEventListener('ended', onEnded)
      cancel = this.nextFrame(onFrame)
    })
  }

  private nextFrame(callback: () => void): () => void {
    if ('requestVideoFrameCallback' in this.video) {
      const handle = this.video.requestVideoFrameCallback(callback)
      return () => this.video.cancelVideoFrameCallback(handle)
    }
    const handle = requestAnimationFrame(callback)
    return () => cancelAnimationFrame(handle)
  }
}
