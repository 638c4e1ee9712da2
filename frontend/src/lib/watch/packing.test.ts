import { describe, expect, it } from 'vitest'
import { Packer, unpacked } from './packing'

const size = { widthPx: 640, heightPx: 480 }
const pose = (value: number) => new Float32Array(51).fill(value)

describe('Packer', () => {
  it('takes ten poses a second, and each once', () => {
    const packer = new Packer()
    for (let tMs = 0; tMs < 390; tMs += 33.3) packer.push(pose(0.5), tMs, size)
    const { t_ms, keypoints, width_px, height_px } = packer.take()
    expect(t_ms).toEqual([0, 100, 200, 300])
    expect(keypoints).toHaveLength(4 * 51)
    expect([width_px, height_px]).toEqual([640, 480])
    expect(packer.take().t_ms).toEqual([])
  })

  it('keeps the newest of a connection that stalls', () => {
    const packer = new Packer()
    for (let tMs = 0; tMs < 2_000; tMs += 100) packer.push(pose(0), tMs, size)
    expect(packer.take().t_ms).toEqual([1_400, 1_500, 1_600, 1_700, 1_800, 1_900])
  })

  it('sends whole numbers within the picture, and nothing that the server would refuse', () => {
    const packer = new Packer()
    packer.push(
      new Float32Array(51).map((_, i) => [-0.2, 1.3, 0.5][i % 3]),
      0.4,
      size,
    )
    const { t_ms, keypoints } = packer.take()
    expect(t_ms).toEqual([0])
    expect(keypoints.slice(0, 3)).toEqual([0, 10_000, 128])
  })
})

it('comes out as it went in, to a ten-thousandth', () => {
  const packer = new Packer()
  const sent = new Float32Array(51).map((_, i) => i / 51)
  packer.push(sent, 1_000, size)
  const [frame] = unpacked(packer.take())
  expect(frame.tMs).toBe(1_000)
  frame.pose.forEach((value, i) => expect(value).toBeCloseTo(sent[i], i % 3 === 2 ? 2 : 4))
})
