/** Where a picture has changed: a tiny grey copy of it against the one that was kept. */
import { wholeView, type Size, type View } from './view'

export const SIDE = 24
/** Noise of a camera, after averaging, stays below this (of 255). */
const STEP = 10
/** Somebody far away covers this many of the 576 cells. */
const FEWEST_CELLS = 2
/** The rest of a body may have stood still: around what has changed, of its size, and never less of the picture than this. */
const ROOM = 1.6
const LEAST_SHARE = 0.35

export class Thumbnail {
  private context: OffscreenCanvasRenderingContext2D | null = null
  private kept: Float32Array | null = null
  private last: Float32Array | null = null

  /** The square in which `image` differs from the one that was kept; null where it does not. */
  change(image: ImageBitmap): View | null {
    const context = (this.context ??= openContext())
    context.drawImage(image, 0, 0, SIDE, SIDE)
    this.last = greyOf(context.getImageData(0, 0, SIDE, SIDE).data)
    return changedView(this.kept, this.last, { widthPx: image.width, heightPx: image.height })
  }

  /** Takes `image` as the one to compare with. */
  keep(image: ImageBitmap): void {
    this.change(image)
    this.kept = this.last
  }
}

function openContext(): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(SIDE, SIDE)
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('This browser gives workers no 2d canvas.')
  context.imageSmoothingQuality = 'medium'
  return context
}

/** The square around all cells that differ by more than noise; null where hardly one does. */
export function changedView(before: Float32Array | null, now: Float32Array, size: Size): View | null {
  const whole = wholeView(size)
  if (!before) return whole
  const cells = [...now.keys()].filter((i) => Math.abs(now[i] - before[i]) > STEP)
  if (cells.length < FEWEST_CELLS) return null
  const span = (places: number[], lengthPx: number) => {
    const low = (Math.min(...places) / SIDE) * lengthPx
    const high = ((Math.max(...places) + 1) / SIDE) * lengthPx
    return { centre: (low + high) / 2, length: high - low }
  }
  const x = span(
    cells.map((i) => i % SIDE),
    size.widthPx,
  )
  const y = span(
    cells.map((i) => Math.floor(i / SIDE)),
    size.heightPx,
  )
  const sidePx = Math.max(ROOM * Math.max(x.length, y.length), LEAST_SHARE * whole.sidePx)
  return sidePx >= whole.sidePx ? whole : { centreX: x.centre, centreY: y.centre, sidePx, turnDeg: 0 }
}

/** Luma of RGBA pixels. */
export function greyOf(pixels: Uint8ClampedArray): Float32Array {
  const grey = new Float32Array(pixels.length / 4)
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 0.299 * pixels[4 * i] + 0.587 * pixels[4 * i + 1] + 0.114 * pixels[4 * i + 2]
  }
  return grey
}
