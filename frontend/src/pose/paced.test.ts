import { expect, it, vi } from 'vitest'
import type { FrameSource, Picture } from './frameSource'
import { paced } from './paced'

const SIZE = { image: { close: () => undefined } as ImageBitmap, widthPx: 64, heightPx: 36 }

/** A file of four pictures, 100 ms apart, each of which takes `costMs` to look at. */
async function waitsOf(costMs: number, firstMs = 0): Promise<number[]> {
  let now = 5_000
  const waits: number[] = []
  const film: FrameSource = {
    kind: 'video',
    async run(consume) {
      for (const i of [0, 1, 2, 3]) await consume({ ...SIZE, tMs: firstMs + 100 * i } satisfies Picture)
    },
  }
  const sleep = vi.fn((ms: number) => {
    waits.push(Math.round(ms))
    now += ms
    return Promise.resolve()
  })
  const source = paced(film, () => now, sleep)
  const look = () => Promise.resolve(void (now += costMs))
  await source.run(look, { signal: new AbortController().signal, onProcessor: true })
  return waits
}

it('waits until a picture is due', async () => {
  expect(await waitsOf(30)).toEqual([70, 70, 70])
})

it('goes on in the middle of a file without a wait', async () => {
  expect(await waitsOf(30, 4_000)).toEqual([70, 70, 70])
})

it('never hurries nor holds up a device that is slower than the film', async () => {
  expect(await waitsOf(250)).toEqual([])
})
