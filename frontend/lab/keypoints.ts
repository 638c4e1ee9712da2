/** People in still pictures, and on films frame by frame, by the pipeline that ships or by less of it. */
import { PoseNet, type Detector } from '@/pose/detector'
import { Eye } from '@/pose/eye'
import { certainty } from '@/pose/follower'
import type { Pose } from '@/pose/frame'
import { modelFiles } from '@/pose/modelFiles'
import { fitWithin } from '@/pose/preprocess'
import { RefinedPoseNet } from '@/pose/refiner'
import { C } from '@/pose/skeleton'
import { openWasm } from './wasm'

/** 'raw': PoseNet on the picture as it is; 'turned': where the follower looks; 'refined': that, as it ships. */
export type Mode = 'raw' | 'turned' | 'refined'

/** 17 rows of x, y in px of the picture, and score. */
type Person = number[][]

/** Less than this is nobody. */
const SOMEBODY = 0.08
/** A still picture is looked at as often as a film needs to find turn and crop, at these times. */
const LOOKS_MS = [0, 3_000, 6_000]

const models = new URL('/models/', location.href)
const filesOf = (name: string) => modelFiles(new URL(`${name}/model.json`, models).href)

export class Keypoints {
  private static readonly opened = new Map<Mode, Promise<Keypoints>>()

  private constructor(
    private readonly eye: Eye,
    private readonly mode: Mode,
  ) {}

  static open(mode: Mode = 'refined'): Promise<Keypoints> {
    const known = this.opened.get(mode)
    if (known) return known
    const opening = this.load(mode)
    this.opened.set(mode, opening)
    return opening
  }

  private static async load(mode: Mode): Promise<Keypoints> {
    await openWasm()
    const model = filesOf('posenet')
    const detector: Detector =
      mode === 'refined'
        ? await RefinedPoseNet.load({ model, refiner: filesOf('refiner') })
        : await PoseNet.load({ model })
    return new Keypoints(
      new Eye({ detector, turns: mode !== 'raw', onProcessor: true, several: false }),
      mode,
    )
  }

  /** Everybody in the picture, the surest first. Rejects where the blob is no picture. */
  async of(picture: Blob): Promise<Person[]> {
    const { image, widthPx, heightPx } = await read(picture)
    try {
      const people = await this.eye.findAll(image)
      if (people.length < 2) {
        const one = await this.athleteOn(image)
        return certainty(one) < SOMEBODY ? [] : [inPixels(one, widthPx, heightPx)]
      }
      return people.map((pose) => inPixels(pose, widthPx, heightPx))
    } finally {
      image.close()
    }
  }

  /** The athlete on the next frame of a film; the first one has tMs 0. */
  async ofFrame(picture: Blob, tMs: number): Promise<Person> {
    const { image, widthPx, heightPx } = await read(picture)
    // A fresh eye looks at the whole picture.
    if (tMs === 0 || this.mode === 'raw') this.eye.afresh()
    const pose = await this.eye.find(image, tMs)
    image.close()
    return inPixels(pose, widthPx, heightPx)
  }

  private async athleteOn(image: ImageBitmap): Promise<Pose> {
    this.eye.afresh()
    const poses: Pose[] = []
    for (const tMs of LOOKS_MS) poses.push(await this.eye.find(image, tMs))
    return poses[poses.length - 1]
  }
}

/** The picture as the product's shutter takes it of a film, and its own size. */
async function read(picture: Blob): Promise<{ image: ImageBitmap; widthPx: number; heightPx: number }> {
  const whole = await createImageBitmap(picture)
  const { width: widthPx, height: heightPx } = whole
  const canvas = new OffscreenCanvas(...fitWithin(widthPx, heightPx))
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2d canvas.')
  context.drawImage(whole, 0, 0, canvas.width, canvas.height)
  whole.close()
  return { image: canvas.transferToImageBitmap(), widthPx, heightPx }
}

function inPixels(pose: Pose, widthPx: number, heightPx: number): Person {
  return Array.from({ length: pose.length / C }, (_, k) => [
    pose[k * C] * widthPx,
    pose[k * C + 1] * heightPx,
    pose[k * C + 2],
  ])
}
