/** Looks at pictures through a detector: the follower says where, a small canvas holds what the detector sees. */
import type { Detector } from './detector'
import { Follower, type Sight } from './follower'
import type { Pose } from './frame'
import { C } from './skeleton'
import { drawView, toPicture, type Size, type View } from './view'

export interface EyeOptions {
  detector: Detector
  /** Whether lying bodies have to be turned for this detector. */
  turns: boolean
  /** Whether pixels are read on the processor, so that they need not visit the graphics chip. */
  onProcessor: boolean
}

export class Eye {
  readonly detector: Detector
  private readonly canvas: OffscreenCanvas
  private readonly context: OffscreenCanvasRenderingContext2D
  private readonly turns: boolean
  private follower: Follower

  constructor({ detector, turns, onProcessor }: EyeOptions) {
    this.detector = detector
    this.turns = turns
    this.follower = new Follower({ turns })
    this.canvas = new OffscreenCanvas(detector.sidePx, detector.sidePx)
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: onProcessor })
    if (!context) throw new Error('This browser gives workers no 2d canvas.')
    // Mean colours, not single pixels: alike on the graphics chip and on the processor.
    context.imageSmoothingQuality = 'high'
    this.context = context
  }

  /** Forgets whom it followed: other pictures come now. */
  afresh(): void {
    this.follower = new Follower({ turns: this.turns })
  }

  /** The athlete's pose in [0, 1] of the image. Rejects with what the detector rejects with. */
  async find(image: ImageBitmap, tMs: number): Promise<Pose> {
    const size = { widthPx: image.width, heightPx: image.height }
    const first = await this.see(image, this.follower.look(size), size)
    const sights = [first]
    for (const view of this.follower.doubts(first, size, tMs)) sights.push(await this.see(image, view, size))
    return inside(this.follower.settle(sights, size, tMs))
  }

  dispose(): void {
    this.detector.dispose()
  }

  private async see(image: ImageBitmap, view: View, size: Size): Promise<Sight> {
    drawView(this.context, this.detector.sidePx, image, view)
    return { view, pose: toPicture(await this.detector.estimate(this.canvas), view, size) }
  }
}

/** x and y clamped to the picture's edge: no detector knows what is beyond it. */
function inside(pose: Pose): Pose {
  return pose.map((value, i) => (i % C === 2 ? value : Math.min(Math.max(value, 0), 1)))
}
