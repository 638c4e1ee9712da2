import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Clip } from '@/pose/clip'
import type { Write } from '@/pose/writes'
import { readWorkouts, writeWorkout, type LocalWorkout } from './openWorkouts'
import { endOf, useWorkoutStore } from './workout'

const outbox = vi.hoisted(() => ({
  enqueue: (write: unknown): Promise<number> => Promise.reject(new Error(String(write))),
}))
vi.mock('./outbox', () => ({
  useOutboxStore: () => ({ enqueue: (write: unknown) => outbox.enqueue(write) }),
}))

const clip = (index: number): Clip => ({
  index,
  startMs: index * 1000,
  frames: 1,
  bytes: new Uint8Array([index]),
})

describe('workout store', () => {
  let sent: Write[]
  const calls = (): string[] =>
    sent.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/g, '*')}`)
  const bodyOf = (index: number): unknown => JSON.parse(String(sent[index]!.body))

  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    sent = []
    outbox.enqueue = (write) => Promise.resolve(sent.push(write as Write))
  })

  async function opened() {
    const store = useWorkoutStore()
    await store.open('ada')
    return store
  }

  it('sends workout, set, clips and ends in the order in which they belong', async () => {
    const store = await opened()
    await store.startSet('squat', 'camera')
    await store.addClip(clip(0))
    await store.addClip(clip(1))
    await store.finishSet()
    await store.finish()
    expect(calls()).toEqual([
      'PUT /api/workouts/*',
      'PUT /api/sets/*',
      'PUT /api/sets/*/clips/0',
      'PUT /api/sets/*/clips/1',
      'POST /api/sets/*/finish',
      'POST /api/workouts/*/finish',
    ])
    expect(bodyOf(1)).toMatchObject({ exercise: 'squat', source: 'camera' })
    expect(bodyOf(4)).toMatchObject({ clip_count: 2 })
  })

  it('starts one workout for all its sets, and one set at a time', async () => {
    const store = await opened()
    await store.startSet(null, 'camera')
    await expect(store.startSet(null, 'camera')).rejects.toThrow(/Finish the running set/)
    await store.finishSet()
    await store.startSet(null, 'camera')
    expect(calls().filter((call) => call === 'PUT /api/workouts/*')).toHaveLength(1)
    expect(store.sets).toHaveLength(2)
  })

  it('has no clip without a set', async () => {
    const store = await opened()
    await expect(store.addClip(clip(0))).rejects.toThrow(/running set/)
  })

  it('begins no set that this device cannot keep', async () => {
    const store = await opened()
    outbox.enqueue = () => Promise.reject(new Error('full'))
    await expect(store.startSet(null, 'camera')).rejects.toThrow('full')
    expect(store.openSet).toBeNull()
    expect(store.workout).toBeNull()
    expect(readWorkouts('ada')).toEqual([])
  })

  it('discards a set and brings it back', async () => {
    const store = await opened()
    const { id } = await store.startSet(null, 'camera')
    await store.finishSet()
    await store.discardSet(id)
    expect(store.sets).toHaveLength(0)
    await store.restoreSet(id)
    expect(store.sets).toHaveLength(1)
    expect(calls().slice(-2)).toEqual(['DELETE /api/sets/*', 'POST /api/sets/*/restore'])
  })

  it('ends a running set with the workout', async () => {
    const store = await opened()
    await store.startSet(null, 'camera')
    const id = await store.finish()
    expect(id).toBe(sent[0]!.path.split('/').at(-1))
    expect(calls().slice(-2)).toEqual(['POST /api/sets/*/finish', 'POST /api/workouts/*/finish'])
    expect(readWorkouts('ada')).toMatchObject([{ id, endedAt: expect.any(String), sentAt: null }])
    await store.open('ada')
    expect(store.resumable).toBeNull()
  })

  it('has nothing to finish before the first set', async () => {
    expect(await (await opened()).finish()).toBeNull()
  })

  it('offers the workout again after a reload, and closes the set that was running', async () => {
    const before = await opened()
    await before.startSet('lunge', 'camera')
    await before.addClip(clip(0))
    const id = before.workout?.id
    setActivePinia(createPinia())
    const after = await opened()
    expect(after.workout).toBeNull()
    expect(after.resumable?.id).toBe(id)
    await after.resume()
    expect(after.workout?.id).toBe(id)
    expect(after.openSet).toBeNull()
    expect(bodyOf(sent.length - 1)).toMatchObject({ clip_count: 1 })
  })

  it('offers nobody the workout of another athlete', async () => {
    const store = await opened()
    await store.startSet(null, 'camera')
    await store.open('bob')
    expect(store.workout).toBeNull()
    expect(store.resumable).toBeNull()
  })

  it('goes on with the open workout when a set is started over the offer', async () => {
    const open: LocalWorkout = {
      id: 'open-one',
      startedAt: '2026-01-01T10:00:00Z',
      timeZone: 'UTC',
      sets: [],
      endedAt: null,
      sentAt: null,
    }
    writeWorkout('ada', open)
    const store = await opened()
    await store.startSet(null, 'video')
    expect(bodyOf(0)).toMatchObject({ workout: 'open-one' })
  })
})

describe('endOf', () => {
  const startedAt = '2026-01-01T10:00:00.000Z'
  const set = {
    id: 's',
    exercise: null,
    source: 'camera' as const,
    startedAt,
    clipCount: 1,
    endedAt: '2026-01-01T10:20:00.000Z',
    discarded: false,
  }
  const workout = { id: 'w', startedAt, timeZone: 'UTC', sets: [set], endedAt: null, sentAt: null }

  it('is now for a workout that goes on', () => {
    const now = '2026-01-01T10:30:00.000Z'
    expect(endOf(workout, Date.parse(now))).toBe(now)
  })

  it('is the end of the last set for one that was forgotten', () => {
    expect(endOf(workout, Date.parse('2026-01-03T10:00:00Z'))).toBe(set.endedAt)
  })
})
