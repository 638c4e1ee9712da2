/** People in still pictures, and on films frame by frame, by the pipeline that ships. */
import { openBackend } from '@/pose/backend'
import { PoseNet } from '@/pose/detector'
import { Eye } from '@/pose/eye'
import { certainty } from '@/pose/follower'
import type { Pose } from '@/pose/frame'
import { modelFiles } from '@/pose/modelFiles'
import { fitWithin } from '@/pose/preprocess'
import { C } from '@/pose/skeleton'

/** 17 rows of x, y in px of the picture, and score. */
type Person = number[][]

/** Less than this is nobody. */
const SOMEBODY = 0.08
/** A still picture is looked at as often as a film needs to find turn and crop, at these times. */
const LOOKS_MS = [0, 3_000, 6_000]

const models = new URL('/models/', location.href)

export class Keypoints {
  private static opening: Promise<Keypoints> | null = null

  private constructor(private readonly eye: Eye) {}

  static open(): Promise<Keypoints> {
    return (this.opening ??= this.load())
  }

  private static async load(): Promise<Keypoints> {
    await openBackend('wasm', new URL('wasm/', models).href)
    const model = modelFiles(new URL('posenet/model.json', models).href)
    return new Keypoints(new Eye({ detector: await PoseNet.load({ model }), turns: true, onProcessor: true }))
  }

  /** Everybody in the picture. Rejects where the blob is no picture. */
  async of(picture: Blob): Promise<Person[]> {
    this.eye.afresh()
    let person: Person = []
    let sure = 0
    for (const tMs of LOOKS_MS) {
      const found = await this.look(picture, tMs)
      person = found.person
      sure = certainty(found.pose)
    }
    return sure < SOMEBODY ? [] : [person]
  }

  /** The athlete on the next frame of a film; the first one has tMs 0. */
  async ofFrame(picture: Blob, tMs: number): Promise<Person> {
    if (tMs === 0) this.eye.afresh()
    return (await this.look(picture, tMs)).person
  }

  private async look(picture: Blob, tMs: number): Promise<{ pose: Pose; person: Person }> {
    const whole = await createImageBitmap(picture)
    const [width, height] = fitWithin(whole.width, whole.height)
    const small = await shrink(whole, width, height)
    const pose = await this.eye.find(small, tMs)
    const person = Array.from({ length: pose.length / C }, (_, k) => [
      pose[k * C] * whole.width,
      pose[k * C + 1] * whole.height,
      pose[k * C + 2],
    ])
    small.close()
    whole.close()
    return { pose, person }
  }
}

/** As the product's shutter takes pictures of a film. */
async function shrink(image: ImageBitmap, width: number, height: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2d canvas.')
  context.drawImage(image, 0, 0, width, height)
  return canvas.transferToImageBitmap()
}
