/** How well a camera can see: how many pictures it gives, and how bright they are. */

/** fps: pictures a second that the camera gives, used or not. luma: mean brightness of the picture in [0, 1]. */
export interface Conditions {
  fps: number
  luma: number
}

const LOOK_EVERY_MS = 2_000
const SIDE_PX = 16

/** Mean of RGBA pixels as brightness by Rec. 709, not linearised, in [0, 1]. */
export function meanLuma(rgba: Uint8ClampedArray): number {
  let sum = 0
  for (let i = 0; i < rgba.length; i += 4) {
    sum += 0.2126 * rgba[i] + 0.7152 * rgba[i + 1] + 0.0722 * rgba[i + 2]
  }
  return rgba.length === 0 ? 0 : sum / (rgba.length / 4) / 255
}

/** Counts a camera's pictures and now and then looks at one, a few pixels large. */
export class ConditionsMeter {
  private readonly pen = new OffscreenCanvas(SIDE_PX, SIDE_PX).getContext('2d', { willReadFrequently: true })
  private pictures = 0
  private sinceMs: number | null = null

  constructor(private readonly report: (conditions: Conditions) => void) {}

  /** To be called for every picture that `video` shows, with the time of now. */
  see(video: HTMLVideoElement, nowMs: number): void {
    this.sinceMs ??= nowMs
    const passedMs = nowMs - this.sinceMs
    if (passedMs >= LOOK_EVERY_MS) {
      this.report({ fps: (this.pictures * 1_000) / passedMs, luma: this.brightness(video) })
      this.pictures = 0
      this.sinceMs = nowMs
    }
    this.pictures++
  }

  private brightness(video: HTMLVideoElement): number {
    if (!this.pen) return 1
    this.pen.drawImage(video, 0, 0, SIDE_PX, SIDE_PX)
    return meanLuma(this.pen.getImageData(0, 0, SIDE_PX, SIDE_PX).data)
  }
}
