/**
 * Pictures of a film by WebCodecs: each is decoded once, where every seek of a player decodes anew from a key frame.
 *
 * Containers are read by mediabunny, which is loaded with the first film only.
 */
import type { VideoSample } from 'mediabunny'
import type { Shot, Shutter } from './preprocess'

/** The decoder was taken away, say by a browser that saves power. */
const STALL_MS = 10_000

export class DecodedFilm {
  private constructor(
    private readonly samples: AsyncGenerator<VideoSample | null, void>,
    private readonly release: () => void,
  ) {}

  /** `timesS`: what will be asked for, in order. Null where this browser cannot decode this file. */
  static async open(file: File, timesS: readonly number[]): Promise<DecodedFilm | null> {
    if (!globalThis.VideoDecoder) return null
    const { BlobSource, Input, MATROSKA, MP4, QTFF, VideoSampleSink, WEBM } = await import('mediabunny')
    const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, WEBM, MATROSKA] })
    try {
      const track = await input.getPrimaryVideoTrack()
      if (track && (await track.canDecode())) {
        // Until its first picture is due, a player shows that one.
        const firstS = await track.getFirstTimestamp()
        const wanted = timesS.map((timeS) => Math.max(timeS, firstS))
        const samples = new VideoSampleSink(track).samplesAtTimestamps(wanted)
        return new DecodedFilm(samples, () => input.dispose())
      }
    } catch {
      // A container that mediabunny does not know; a player may.
    }
    input.dispose()
    return null
  }

  /** The picture at the next of the times; null where it, and all that follow, cannot be decoded. Never rejects. */
  async next(shutter: Shutter): Promise<Shot | null> {
    const sample = await this.decode().catch(() => null)
    if (!sample) return (this.close(), null)
    const { displayWidth, displayHeight } = sample
    try {
      // Of transparent pictures mediabunny loses the colour space.
      if (sample.hasAlpha) return (this.close(), null)
      return shutter.draw(displayWidth, displayHeight, (context, width, height) =>
        sample.draw(context, 0, 0, width, height),
      )
    } finally {
      sample.close()
    }
  }

  /** Lets go of the file; there is no picture any more. */
  close(): void {
    this.samples.return().catch(() => undefined)
    this.release()
  }

  private async decode(): Promise<VideoSample | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), STALL_MS)
    })
    const next = this.samples.next().then(({ value }) => value ?? null)
    return Promise.race([next, late]).finally(() => clearTimeout(timer))
  }
}
