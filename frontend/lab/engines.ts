/**
 * PoseNet on one engine, in this page and without a worker: nothing stands in when the engine fails, and the
 * square is always drawn by the processor, so that engines are compared and not two ways of scaling a picture.
 */
import { getBackend } from '@tensorflow/tfjs-core'
import { openBackend } from '@/pose/backend'
import { PoseNet } from '@/pose/detector'
import { Eye } from '@/pose/eye'
import { modelFiles } from '@/pose/modelFiles'
import { fitWithin } from '@/pose/preprocess'
import type { BackendChoice } from '@/pose/settings'
import { C } from '@/pose/skeleton'

const models = new URL('/models/', location.href)

let open: { engine: BackendChoice; threads: number; eye: Eye } | null = null

/** The athlete on a first look at the picture: 17 rows of x, y in px of it and score. */
export async function see(picture: Blob, engine: BackendChoice) {
  if (open?.engine !== engine) {
    open?.eye.dispose()
    open = null
    const { threads } = await openBackend(engine, new URL('wasm/', models).href)
    const detector = await PoseNet.load({ model: modelFiles(new URL('posenet/model.json', models).href) })
    open = { engine, threads, eye: new Eye({ detector, turns: true, onProcessor: true }) }
  }
  const { threads, eye } = open
  const whole = await createImageBitmap(picture)
  const { width, height } = whole
  const small = shrunk(whole)
  eye.afresh()
  const pose = await eye.find(small, 0)
  small.close()
  const rows = Array.from({ length: pose.length / C }, (_, k) => [
    pose[k * C] * width,
    pose[k * C + 1] * height,
    pose[k * C + 2],
  ])
  return { backend: getBackend(), threads, pose: rows }
}

/** As small as the product's shutter makes it. */
function shrunk(whole: ImageBitmap): ImageBitmap {
  const canvas = new OffscreenCanvas(...fitWithin(whole.width, whole.height))
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2d canvas.')
  context.drawImage(whole, 0, 0, canvas.width, canvas.height)
  whole.close()
  return canvas.transferToImageBitmap()
}
