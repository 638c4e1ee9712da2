/** Pictures of a film as the product takes them: decoded in order, or as a player shows them after a seek. */
import { VideoFileSource } from '@/pose/videoFileSource'

export interface Reading {
  /** Whether every picture was decoded. */
  decoded: boolean
  seconds: number
  tMs: number[]
  sizes: number[][]
  /** Levels of red, green and blue on a raster over each picture, in [0, 255]. */
  colours: number[][]
}

const RASTER_PX = 32

export async function readFilm(film: Blob, fps: number, by: 'decoder' | 'player'): Promise<Reading> {
  const { VideoDecoder } = globalThis
  if (by === 'player') Reflect.deleteProperty(globalThis, 'VideoDecoder')
  const source = await VideoFileSource.open(new File([film], 'film'), fps)
  const reading: Reading = { decoded: true, seconds: 0, tMs: [], sizes: [], colours: [] }
  const startMs = performance.now()
  try {
    const { signal } = new AbortController()
    await source.run(
      async ({ image, widthPx, heightPx, tMs, isUnseen }) => {
        reading.decoded &&= Boolean(isUnseen)
        reading.tMs.push(tMs)
        reading.sizes.push([widthPx, heightPx, image.width, image.height])
        reading.colours.push(coloursOf(image))
        image.close()
      },
      { signal, onProcessor: true },
    )
  } finally {
    globalThis.VideoDecoder = VideoDecoder
    source.close()
  }
  return { ...reading, seconds: (performance.now() - startMs) / 1_000 }
}

function coloursOf(image: ImageBitmap): number[] {
  const canvas = new OffscreenCanvas(RASTER_PX, RASTER_PX)
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2d canvas.')
  context.drawImage(image, 0, 0, RASTER_PX, RASTER_PX)
  const { data } = context.getImageData(0, 0, RASTER_PX, RASTER_PX)
  return Array.from(data).filter((_, i) => i % 4 !== 3)
}
