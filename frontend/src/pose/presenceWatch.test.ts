import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPose } from './frame'
import { PART_PX, sigmoid, WHOLE_PX, type Look } from './presence'
import { EMBEDDING_SIZE } from './presenceFacts'
import { PresenceWatch } from './presenceWatch'
import type { RoomHead } from './room'
import type { View } from './view'

const shown = vi.hoisted(() => ({ change: null as View | null }))
vi.mock('./thumbnail', () => ({
  Thumbnail: class {
    change = () => shown.change
    keep = () => undefined
  },
}))

const image = { width: 320, height: 240 } as ImageBitmap
const lookOf = (logit: number): Look => ({
  probability: sigmoid(logit),
  logit,
  embedding: new Float32Array(EMBEDDING_SIZE),
})

/** A head that says the opposite of the shipped one. */
const contrary: RoomHead = {
  centre: new Float32Array(EMBEDDING_SIZE),
  spread: new Float32Array(EMBEDDING_SIZE).fill(1),
  weights: Float32Array.from({ length: EMBEDDING_SIZE + 2 }, (_, i) => (i === EMBEDDING_SIZE ? -1 : 0)),
  emptyLooks: 24,
  personLooks: 24,
  loss: 0,
  right: 1,
  rightBefore: 0,
  madeAt: '2026-01-01T00:00:00Z',
}

describe('PresenceWatch', () => {
  let tMs = 0
  beforeEach(() => {
    tMs = 0
    shown.change = null
  })
  afterEach(() => void vi.restoreAllMocks())

  function watching(logit: number, room: RoomHead | null = null) {
    const net = { look: vi.fn(() => Promise.resolve(lookOf(logit))), dispose: vi.fn() }
    const loadNet = vi.fn(() => Promise.resolve(net))
    const watch = new PresenceWatch({ loadNet, loadRoom: () => Promise.resolve(room) })
    return { watch, net, loadNet }
  }

  /** Pictures of `seconds`, 12 a second, in which PoseNet finds nobody; how many of them it saw. */
  async function pass(watch: PresenceWatch, seconds: number): Promise<number> {
    let seen = 0
    for (let i = 0; i < seconds * 12; i++) {
      tMs += 1000 / 12
      if (!(await watch.lets(image, tMs))) continue
      seen++
      watch.found(emptyPose(), tMs)
    }
    return seen
  }

  it('loads nothing before PoseNet has lost sight of everybody', async () => {
    const { watch, loadNet } = watching(-5)
    expect(await pass(watch, 1)).toBe(12)
    expect(loadNet).not.toHaveBeenCalled()
  })

  it('rests while nobody is there, and looks at what has changed', async () => {
    const { watch, net } = watching(-5)
    await pass(watch, 4)
    expect(await pass(watch, 5)).toBe(0)
    expect(net.look).toHaveBeenLastCalledWith(image, WHOLE_PX)
    shown.change = { centreX: 10, centreY: 10, sidePx: 100, turnDeg: 0 }
    await pass(watch, 1)
    expect(net.look).toHaveBeenLastCalledWith(image, PART_PX, shown.change)
  })

  it('lets the room’s own head decide over the whole room', async () => {
    const { watch } = watching(5, contrary)
    await pass(watch, 4)
    expect(await pass(watch, 2)).toBe(0)
  })

  it('lets everything through when the network does not come, or does not answer', async () => {
    const away = new PresenceWatch({
      loadNet: () => Promise.reject(new Error('no connection')),
      loadRoom: () => Promise.resolve(null),
    })
    expect(await pass(away, 6)).toBe(72)
    const { watch, net } = watching(-5)
    net.look.mockRejectedValue(new Error('context lost'))
    expect(await pass(watch, 6)).toBe(72)
  })

  it('goes on where the room’s head cannot be read', async () => {
    const { net } = watching(-5)
    const watch = new PresenceWatch({
      loadNet: () => Promise.resolve(net),
      loadRoom: () => Promise.reject(new Error('no storage')),
    })
    await pass(watch, 4)
    expect(await pass(watch, 2)).toBe(0)
  })

  it('frees a network that comes too late', async () => {
    const { watch, net } = watching(-5)
    await watch.lets(image, 0)
    await watch.lets(image, 2_000)
    watch.dispose()
    await new Promise((resolve) => setTimeout(resolve))
    expect(net.dispose).toHaveBeenCalledOnce()
  })
})
