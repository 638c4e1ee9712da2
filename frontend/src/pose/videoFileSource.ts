/** Pictures of a video file, read on this device: every step of the file, however slow the device. */
import { DecodedFilm } from './decodedFilm'
import { PoseError } from './errors'
import type { FrameSource, Picture, RunOptions } from './frameSource'
import { Shutter, type Shot } from './preprocess'

export interface VideoInfo {
  name: string
  widthPx: number
  heightPx: number
  durationMs: number
  frameCount: number
}

const READABLE = 'MP4 with H.264 or WebM with VP8 or VP9 would work in every browser.'
const STALL_MS = 20_000
/** Where a file does not know its length, its end is looked for beyond any recording. */
const BEYOND_THE_END_S = 1e7
/** A seek exactly to a frame's edge may show the one before it. */
const INSIDE_FRAME_S = 0.001

export class VideoFileSource implements FrameSource {
  readonly kind = 'video'

  private constructor(
    private readonly file: File,
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly fps: number,
    readonly info: VideoInfo,
  ) {}

  /**
   * Reads the head of the file and shows its first picture in `video`.
   *
   * Rejects with a PoseError 'video_unreadable', 'video_no_picture' or 'video_stalled'.
   */
  static async open(
    file: File,
    fps: number,
    video: HTMLVideoElement = document.createElement('video'),
  ): Promise<VideoFileSource> {
    video.muted = true
    video.playsInline = true
    video.preload = 'auto'
    const url = URL.createObjectURL(file)
    try {
      video.srcObject = null
      video.src = url
      await until(video, 'loadeddata', file.name)
      // Width and height are those of the turned picture, as phones mean it.
      const { videoWidth: widthPx, videoHeight: heightPx } = video
      if (widthPx === 0)
        throw new PoseError('video_no_picture', `${file.name} has no picture, only sound. Choose a video.`)
      const durationS = await lengthOf(video, file.name)
      const frameCount = Math.max(1, Math.floor(durationS * fps))
      const info = { name: file.name, widthPx, heightPx, durationMs: durationS * 1_000, frameCount }
      return new VideoFileSource(file, video, url, fps, info)
    } catch (error) {
      release(video, url)
      throw error
    }
  }

  async run(
    consume: (picture: Picture) => Promise<void>,
    { signal, onProcessor, longestPx, onProgress, fromMs = 0 }: RunOptions,
  ): Promise<void> {
    const { frameCount } = this.info
    const shutter = new Shutter(onProcessor, longestPx)
    const first = Math.max(0, Math.ceil((fromMs * this.fps) / 1_000))
    const timesS = Array.from({ length: frameCount }, (_, i) => i / this.fps + INSIDE_FRAME_S)
    const film = await DecodedFilm.open(this.file, timesS.slice(first))
    // Of at most two pictures: when one is done, the next is with the worker already.
    let inWork: Promise<void> = Promise.resolve()
    let i = first
    try {
      for (; i < frameCount && !signal.aborted; i++) {
        const decoded = (await film?.next(shutter)) ?? null
        const shot = decoded ?? (await this.seekTo(timesS[i], shutter))
        if (signal.aborted) return shot.image.close()
        const [tMs, share] = [(i * 1_000) / this.fps, (i + 1) / frameCount]
        const before = inWork
        const done = consume({ ...shot, tMs, isUnseen: decoded !== null }).then(() => onProgress?.(share))
        inWork = Promise.all([before, done]).then(() => undefined)
        // Heard at the next turn; until then nobody listens.
        inWork.catch(() => undefined)
        await before
      }
    } finally {
      film?.close()
      await inWork
      // The player, which has shown nothing of what was decoded, shows where reading ended.
      if (film) this.video.currentTime = timesS[Math.min(i, frameCount - 1)]
    }
  }

  /** What a player shows there. Rejects with a PoseError 'video_stalled'. */
  private async seekTo(timeS: number, shutter: Shutter): Promise<Shot> {
    const { name } = this.info
    await seek(this.video, timeS, name).catch(() => {
      throw broken(name, timeS)
    })
    const shot = shutter.take(this.video)
    if (!shot) throw broken(name, timeS)
    return shot
  }

  close(): void {
    release(this.video, this.url)
  }
}

/** In seconds. Recordings made in a browser do not know their length before their end was visited. */
async function lengthOf(video: HTMLVideoElement, name: string): Promise<number> {
  if (!Number.isFinite(video.duration)) await seek(video, BEYOND_THE_END_S, name)
  const known = Number.isFinite(video.duration) ? video.duration : video.currentTime
  if (known > 0) return known
  throw unreadable(name)
}

async function seek(video: HTMLVideoElement, timeS: number, name: string): Promise<void> {
  const arrived = until(video, 'seeked', name)
  video.currentTime = timeS
  await arrived
}

/** Settles on the event; rejects when the file turns out to be unreadable, or when nothing happens. */
function until(video: HTMLVideoElement, event: 'loadeddata' | 'seeked', name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: PoseError) => {
      clearTimeout(timer)
      video.removeEventListener(event, onEvent)
      video.removeEventListener('error', onError)
      video.removeEventListener('loadedmetadata', onMetadata)
      if (error) reject(error)
      else resolve()
    }
    const onEvent = () => finish()
    const onError = () => finish(unreadable(name))
    // Sound alone never brings a picture to wait for.
    const onMetadata = () => video.videoWidth === 0 && finish()
    const late = () =>
      finish(new PoseError('video_stalled', `${name} could not be read further. ${READABLE}`))
    const timer = setTimeout(late, STALL_MS)
    video.addEventListener(event, onEvent)
    video.addEventListener('error', onError)
    if (event === 'loadeddata') video.addEventListener('loadedmetadata', onMetadata)
  })
}

function unreadable(name: string): PoseError {
  return new PoseError('video_unreadable', `This browser cannot read ${name}. ${READABLE}`)
}

function broken(name: string, timeS: number): PoseError {
  const readable = `it could be read up to ${timeS.toFixed(1)} s`
  return new PoseError('video_stalled', `${name} is damaged or incomplete: ${readable}.`)
}

function release(video: HTMLVideoElement, url: string): void {
  // The element may show something else by now.
  if (video.getAttribute('src') === url) {
    video.removeAttribute('src')
    video.load()
  }
  URL.revokeObjectURL(url)
}
