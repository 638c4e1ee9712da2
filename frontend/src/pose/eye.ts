/**
 * Looks at pictures through a detector: the follower says where, the tracker who is the athlete, and a small canvas holds
 * what the detector sees.
 */
import type { Detector } from './detector'
import { Follower, type Sight } from './follower'
import { emptyPose, type Pose } from './frame'
import { Lookout } from './lookout'
import { C } from './skeleton'
import { distinct, Tracker } from './tracker'
import { drawView, toPicture, wholeView, type Size, type View } from './view'

export interface EyeOptions {
  detector: Detector
  /** Whether lying bodies have to be turned for this detector. */
  turns: boolean
  /** Whether pixels are read on the processor, so that they need not visit the graphics chip. */
  onProcessor: boolean
  /** Whether to look out for other people; without effect where the detector sees one only. */
  several?: boolean
}

/** Whom to follow from now on: whoever is at this point, in [0, 1] of the picture, or the next to the right. */
export type Choice = { x: number; y: number } | 'next'

/** Everybody in a view, and the athlete among them; empty where the athlete is not. */
interface Crowd extends Sight {
  all: readonly Pose[]
}

/** Of the picture: what a tapped person is looked for in where the detector sees one only. */
const TAPPED_SHARE = 0.5

export class Eye {
  readonly detector: Detector
  private readonly canvas: OffscreenCanvas
  private readonly context: OffscreenCanvasRenderingContext2D
  private readonly options: EyeOptions
  private follower!: Follower
  private tracker!: Tracker
  private lookout!: Lookout
  private choice: Choice | null = null
  private size: Size | null = null

  constructor(options: EyeOptions) {
    this.options = options
    this.detector = options.detector
    this.canvas = new OffscreenCanvas(this.detector.sidePx, this.detector.sidePx)
    const context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: options.onProcessor })
    if (!context) throw new Error('This browser gives workers no 2d canvas.')
    // Mean colours, not single pixels: alike on the graphics chip and on the processor.
    context.imageSmoothingQuality = 'high'
    this.context = context
    this.afresh()
  }

  /** Forgets whom it followed: other pictures come now. */
  afresh(): void {
    this.follower = new Follower({ turns: this.options.turns })
    this.tracker = new Tracker()
    this.lookout = new Lookout()
    this.choice = null
  }

  /** Follows somebody else from the next picture on. */
  follow(choice: Choice): void {
    this.choice = choice
  }

  /** The other people in view, in [0, 1] of the last picture. */
  get others(): Pose[] {
    return this.tracker.others.map(({ pose }) => inside(pose))
  }

  /** The athlete's pose in [0, 1] of the image; empty while away and others are there. Rejects with what the detector rejects with. */
  async find(image: ImageBitmap, tMs: number): Promise<Pose> {
    const size = { widthPx: image.width, heightPx: image.height }
    this.takeSize(size)
    if (this.choice) await this.obey(this.choice, image, size, tMs)
    const inCompany = this.tracker.others.length > 0
    const pose = await (inCompany ? this.findAmongOthers(image, size, tMs) : this.findAlone(image, size, tMs))
    return inside(pose)
  }

  /** Everybody in one picture, the surest first, in [0, 1] of it. */
  async findAll(image: ImageBitmap): Promise<Pose[]> {
    const size = { widthPx: image.width, heightPx: image.height }
    return distinct(await this.seeAll(image, wholeView(size), size), aspectOf(size)).map(inside)
  }

  dispose(): void {
    this.detector.dispose()
  }

  /** One person in view as far as is known: the detector's one pose, and now and then a look for others. */
  private async findAlone(image: ImageBitmap, size: Size, tMs: number): Promise<Pose> {
    const { tracker, lookout } = this
    const { view, pose } = await this.settle((at) => this.see(image, at, size), size, tMs)
    const aspect = aspectOf(size)
    const hasLeapt = lookout.hasLeapt(tracker, pose, tMs, aspect)
    if (!hasLeapt) tracker.accept(pose, tMs)
    if (!this.tellsApart || (!hasLeapt && !lookout.isDue(tMs))) return pose
    const held = tracker.update(await this.seeAll(image, wholeView(size, view.turnDeg), size), tMs, aspect)
    lookout.note(tracker.others.length, tMs)
    if (!hasLeapt) return pose
    if (held && tracker.others.length > 0) return this.follower.settle([{ view, pose: held }], size, tMs).pose
    // Nobody stands where the athlete was: it was the athlete who moved, or the detector that erred.
    tracker.accept(pose, tMs)
    return pose
  }

  /** Several people in view: everybody is found, and the athlete is told from the others. */
  private async findAmongOthers(image: ImageBitmap, size: Size, tMs: number): Promise<Pose> {
    const aspect = aspectOf(size)
    const look = async (view: View): Promise<Crowd> => {
      const all = await this.seeAll(image, view, size)
      return { view, all, pose: this.tracker.find(all, tMs, aspect) ?? emptyPose() }
    }
    const { all } = await this.settle(look, size, tMs)
    this.lookout.note(this.tracker.others.length, tMs)
    return this.tracker.update(all, tMs, aspect) ?? emptyPose()
  }

  /** Looks where the follower says, and elsewhere where it doubts. */
  private async settle<S extends Sight>(
    look: (view: View) => Promise<S>,
    size: Size,
    tMs: number,
  ): Promise<S> {
    const first = await look(this.follower.look(size))
    const sights = [first]
    for (const view of this.follower.doubts(first, size, tMs)) sights.push(await look(view))
    return this.follower.settle(sights, size, tMs)
  }

  /** A picture of another size is another scene: a phone was turned, say. */
  private takeSize(size: Size): void {
    const { widthPx, heightPx } = this.size ?? size
    if (widthPx !== size.widthPx || heightPx !== size.heightPx) this.afresh()
    this.size = size
  }

  private async obey(choice: Choice, image: ImageBitmap, size: Size, tMs: number): Promise<void> {
    this.choice = null
    const whole = wholeView(size)
    if (!this.tellsApart) {
      if (choice === 'next') return
      const at = { centreX: choice.x * size.widthPx, centreY: choice.y * size.heightPx }
      return this.follower.turnTo({ ...whole, ...at, sidePx: TAPPED_SHARE * whole.sidePx }, size)
    }
    const aspect = aspectOf(size)
    this.tracker.update(await this.seeAll(image, whole, size), tMs, aspect)
    if (choice === 'next') this.tracker.chooseNext()
    else this.tracker.choose(choice.x, choice.y, aspect)
    const { athlete } = this.tracker
    if (athlete) this.follower.settle([{ view: whole, pose: athlete.pose }], size, tMs)
  }

  private get tellsApart(): boolean {
    return (this.options.several ?? false) && this.detector.estimateAll !== undefined
  }

  private async see(image: ImageBitmap, view: View, size: Size): Promise<Sight> {
    drawView(this.context, this.detector.sidePx, image, view)
    return { view, pose: toPicture(await this.detector.estimate(this.canvas), view, size) }
  }

  private async seeAll(image: ImageBitmap, view: View, size: Size): Promise<Pose[]> {
    drawView(this.context, this.detector.sidePx, image, view)
    const found = (await this.detector.estimateAll?.(this.canvas)) ?? []
    return found.map((pose) => toPicture(pose, view, size))
  }
}

function aspectOf({ widthPx, heightPx }: Size): number {
  return widthPx / heightPx
}

/** x and y clamped to the picture's edge: no detector knows what is beyond it. */
function inside(pose: Pose): Pose {
  return pose.map((value, i) => (i % C === 2 ? value : Math.min(Math.max(value, 0), 1)))
}
