/** Where the self-test's pictures come from: a drawn figure, or the camera. */
import { Shutter } from '@/pose/preprocess'
import type { Shot } from './measure'

/** How long to wait for a camera that shows nothing yet, and how often. */
const WAIT_MS = 50
const WAITS = 60

/** The same picture over and over. Rejects when it cannot be fetched. */
export async function fromFigure(url: string): Promise<() => Promise<Shot>> {
  const answer = await fetch(url)
  const whole = await createImageBitmap(await answer.blob())
  return async () => ({
    image: await createImageBitmap(whole),
    widthPx: whole.width,
    heightPx: whole.height,
  })
}

/** What the camera shows at the time, whether it has changed since or not. */
export function fromCamera(video: HTMLVideoElement): () => Promise<Shot> {
  const shutter = new Shutter(false)
  return async () => {
    for (let wait = 0; wait < WAITS; wait++) {
      const shot = shutter.take(video)
      if (shot) return shot
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    throw new Error('The camera shows nothing.')
  }
}
