import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { EMBEDDING_SIZE } from '@/pose/presenceFacts'
import type { RoomHead } from '@/pose/room'
import { forgetRoom, loadRoom } from '@/pose/roomStore'
import type { OnEpoch } from '@/workers/roomClient'
import { LOOKS, UnclearRoom, useRoom } from './useRoom'

const headOf = (right: number): RoomHead => ({
  centre: new Float32Array(EMBEDDING_SIZE),
  spread: new Float32Array(EMBEDDING_SIZE).fill(1),
  weights: new Float32Array(EMBEDDING_SIZE + 2),
  emptyLooks: LOOKS,
  personLooks: LOOKS,
  loss: 0.1,
  right,
  rightBefore: 0.5,
  madeAt: '2026-01-01T00:00:00Z',
})

describe('useRoom', () => {
  beforeEach(async () => {
    await forgetRoom()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function open(right = 1) {
    const client = {
      load: vi.fn(() => Promise.resolve()),
      look: vi.fn(() => Promise.resolve()),
      forget: vi.fn(),
      teach: vi.fn((onEpoch: OnEpoch) => {
        onEpoch(0, 2, 0.7)
        onEpoch(1, 2, 0.3)
        return Promise.resolve(headOf(right))
      }),
      terminate: vi.fn(),
    }
    const room = effectScope().run(() =>
      useRoom({
        video: ref(document.createElement('video')),
        createClient: () => client,
        takePicture: () => ({}) as ImageBitmap,
      }),
    )
    if (!room) throw new Error('no room')
    return { room, client }
  }

  async function record(room: ReturnType<typeof useRoom>, kind: 'empty' | 'person') {
    const done = room.record(kind)
    await vi.advanceTimersByTimeAsync(30_000)
    return done
  }

  it('waits, takes pictures of both kinds, learns and keeps', async () => {
    const { room, client } = open()
    expect(await room.prepare()).toBe(true)
    expect(room.canTeach.value).toBe(false)
    const recording = room.record('empty')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(room.status.value).toBe('waiting')
    expect(client.look).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await recording).toBe(true)
    await record(room, 'person')
    expect(client.look).toHaveBeenCalledTimes(2 * LOOKS)
    expect(room.canTeach.value).toBe(true)
    vi.useRealTimers()
    expect(await room.teach()).toBe(true)
    expect(room.losses.value).toEqual([0.7, 0.3])
    expect(room.status.value).toBe('taught')
    expect((await loadRoom())?.right).toBe(1)
  })

  it('keeps no head that does not tell its own pictures apart', async () => {
    const { room } = open(0.8)
    await room.prepare()
    vi.useRealTimers()
    expect(await room.teach()).toBe(false)
    expect(room.error.value).toBeInstanceOf(UnclearRoom)
    expect(await loadRoom()).toBeNull()
    expect(room.status.value).toBe('ready')
  })

  it('deletes what was learnt, and takes that back', async () => {
    const { room } = open()
    await room.prepare()
    vi.useRealTimers()
    await room.teach()
    const restore = await room.forget()
    expect(room.kept.value).toBeNull()
    expect(await loadRoom()).toBeNull()
    await restore()
    expect((await loadRoom())?.loss).toBe(0.1)
    expect(room.kept.value?.loss).toBe(0.1)
  })

  it('says that the network did not come, and may be tried again', async () => {
    const { room, client } = open()
    client.load.mockRejectedValueOnce(new Error('no connection'))
    expect(await room.prepare()).toBe(false)
    expect(room.error.value).toBeInstanceOf(Error)
    expect(room.status.value).toBe('idle')
    expect(await room.prepare()).toBe(true)
    expect(room.error.value).toBeNull()
  })

  it('stops recording when the page is left', async () => {
    const { room, client } = open()
    await room.prepare()
    const recording = room.record('empty')
    await vi.advanceTimersByTimeAsync(6_000)
    room.stop()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await recording).toBe(false)
    expect(client.look.mock.calls.length).toBeLessThan(LOOKS)
    expect(client.terminate).toHaveBeenCalledOnce()
  })
})
