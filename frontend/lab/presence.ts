/** Whether a person is in a still picture, by the network that ships, looked at closely. */
import { CLOSE_PX, type LookSide, type PresenceNet } from '@/pose/presence'
import { loadPresence } from '@/pose/presenceWatch'
import { openWasm } from './wasm'

const models = new URL('/models/', location.href)
let opening: Promise<PresenceNet> | null = null

async function open(): Promise<PresenceNet> {
  await openWasm()
  const file = (name: string) => new URL(`presence/${name}`, models).href
  return loadPresence({ model: file('model.json'), head: file('head.json') }, true)
}

/** A probability. Rejects where the blob is no picture. */
export async function presence(picture: Blob, sidePx: LookSide = CLOSE_PX): Promise<number> {
  const image = await createImageBitmap(picture)
  opening ??= open()
  const { probability } = await (await opening).look(image, sidePx)
  image.close()
  return probability
}
