/** Longest side of the picture that the detector reads, in px: twice what PoseNet sees, so nothing that it could see is lost. */
const LONGEST_SIDE_PX = 514

/** The size to which a picture is taken down, never up. */
export function fitWithin(widthPx: number, heightPx: number, longestPx = LONGEST_SIDE_PX): [number, number] {
  const scale = Math.min(1, longestPx / Math.max(widthPx, heightPx))
  return [Math.max(1, Math.round(widthPx * scale)), Math.max(1, Math.round(heightPx * scale))]
}

/**
 * One canvas through which every picture goes before the detector: smaller, sRGB, without an alpha channel.
 *
 * Reading back a full camera picture costs more than PoseNet itself on WASM.
 */
export class Stage {
  readonly canvas = new OffscreenCanvas(1, 1)
  private readonly context: OffscreenCanvasRenderingContext2D

  /** `onProcessor`: the detector will read the pixels on the processor. */
  constructor(onProcessor: boolean) {
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: onProcessor })
    if (!context) throw new Error('This browser gives workers no 2d canvas.')
    this.context = context
  }

  show(image: ImageBitmap): OffscreenCanvas {
    const [width, height] = fitWithin(image.width, image.height)
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
    }
    this.context.drawImage(image, 0, 0, width, height)
    return this.canvas
  }
}
