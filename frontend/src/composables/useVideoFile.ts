import { onScopeDispose, shallowReadonly, shallowRef, type Ref } from 'vue'
import { PoseError } from '@/pose/errors'
import type { FrameSource } from '@/pose/frameSource'
import { VideoFileSource, type VideoInfo } from '@/pose/videoFileSource'

export interface UseVideoFileOptions {
  /** Shows the picture that is being looked at; without one the file is read unseen. */
  video?: Ref<HTMLVideoElement | null>
  /** Pictures taken out of each second of the file. */
  fps?: number
}

/**
 * A recorded video, read on this device and never sent.
 *
 * `source` is what usePoseLoop runs on; it is null while no file is open.
 */
export function useVideoFile({ video, fps = 12 }: UseVideoFileOptions = {}) {
  const info = shallowRef<VideoInfo | null>(null)
  const source = shallowRef<FrameSource | null>(null)
  const error = shallowRef<PoseError | null>(null)
  let opened: VideoFileSource | null = null
  let opening = 0

  /** True when the file can be read; else `error` says why and what would work. */
  async function open(file: File): Promise<boolean> {
    close()
    error.value = null
    const turn = ++opening
    try {
      const fresh = await VideoFileSource.open(file, fps, video?.value ?? undefined)
      if (turn !== opening) return (fresh.close(), false)
      opened = fresh
      info.value = fresh.info
      source.value = fresh
      return true
    } catch (cause) {
      if (turn === opening) error.value = PoseError.from(cause, 'video_unreadable')
      return false
    }
  }

  function close(): void {
    opening++
    opened?.close()
    opened = null
    info.value = null
    source.value = null
  }

  onScopeDispose(close)

  return {
    info: shallowReadonly(info),
    source: shallowReadonly(source),
    error: shallowReadonly(error),
    open,
    close,
  }
}
