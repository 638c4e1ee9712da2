/** Longest side of the picture that the detector reads, in px, unless the settings say otherwise: twice what PoseNet sees. */
export const LONGEST_SIDE_PX = 514

/** The size to which a picture is taken down, never up. */
export function fitWithin(widthPx: number, heightPx: number, longestPx = LONGEST_SIDE_PX): [number, number] {
  const scale = Math.min(1, longestPx / Math.max(widthPx, heightPx))
  return [Math.max(1, Math.round(widthPx * scale)), Math.max(1, Math.round(heightPx * scale))]
}

/** A picture, small, and the size of what it was taken of. */
export interface Shot {
  image: ImageBitmap
  widthPx: number
  heightPx: number
}

/** Draws something of this size onto a canvas, from its upper left corner. */
export type Draw = (context: OffscreenCanvasRenderingContext2D, widthPx: number, heightPx: number) => void

/**
 * Takes pictures of a video: turned upright, small, sRGB, without an alpha channel.
 *
 * Small before all else: moving whole camera pictures about costs more than PoseNet itself.
 */
export class Shutter {
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly context: OffscreenCanvasRenderingContext2D

  /** `onProcessor`: the pixels will be read on the processor, so they need not visit the graphics chip. */
  constructor(
    onProcessor: boolean,
    private readonly longestPx = LONGEST_SIDE_PX,
  ) {
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: onProcessor })
    if (!context) throw new Error('This browser gives pages no 2d canvas.')
    this.context = context
  }

  /** The picture that the video shows now; null while it has none. */
  take(video: HTMLVideoElement): Shot | null {
    const { videoWidth: widthPx, videoHeight: heightPx } = video
    if (widthPx === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
    return this.draw(widthPx, heightPx, (context, ...size) => context.drawImage(video, 0, 0, ...size))
  }

  /** What `draw` draws of something this large. */
  draw(widthPx: number, heightPx: number, draw: Draw): Shot {
    const [width, height] = fitWithin(widthPx, heightPx, this.longestPx)
    // Setting the size also clears, which transferring asks for anyway.
    this.canvas.width = width
    this.canvas.height = height
    draw(this.context, width, height)
    return { image: this.canvas.transferToImageBitmap(), widthPx, heightPx }
  }
}
