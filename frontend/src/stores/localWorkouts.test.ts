import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useFreshnessStore } from './freshness'
import { useLocalWorkoutStore } from './localWorkouts'
import { writeWorkout, type LocalWorkout } from './openWorkouts'

const outbox = vi.hoisted(() => ({ state: { pending: 0 }, drained: vi.fn<() => Promise<boolean>>() }))
vi.mock('./outbox', () => ({ useOutboxStore: () => outbox }))

const startedAt = '2026-01-01T10:00:00Z'
const own = { rep_count: 5, exercise: 'squat', confidence: 0.9, hold_s: null }
const workout = (id: string, endedAt: string | null): LocalWorkout => ({
  id,
  startedAt,
  timeZone: 'UTC',
  sets: [
    {
      id: `${id}-set`,
      exercise: null,
      source: 'camera',
      startedAt,
      clipCount: 3,
      endedAt,
      discarded: false,
      own,
    },
  ],
  endedAt,
  sentAt: null,
})

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  writeWorkout('ada', workout('ended', '2026-01-01T11:00:00Z'))
  writeWorkout('ada', workout('open', null))
})

async function opened(allSent: boolean) {
  outbox.drained.mockResolvedValue(allSent)
  const store = useLocalWorkoutStore()
  store.open('ada')
  await flushPromises()
  return store
}
const ids = (store: ReturnType<typeof useLocalWorkoutStore>) => store.waiting.map(({ id }) => id)

describe('workouts of this device', () => {
  it('wait when they are finished and not all sent', async () => {
    expect(ids(await opened(false))).toEqual(['ended'])
  })

  it('wait when they are open and the server cannot be asked', async () => {
    const store = await opened(false)
    useFreshnessStore().note(startedAt)
    expect(ids(store).sort()).toEqual(['ended', 'open'])
  })

  it('wait no longer once all is sent, which is told', async () => {
    const store = await opened(true)
    expect(ids(store)).toEqual([])
    expect(store.arrived).toBe(1)
  })

  it('remember what was counted here, also after it was sent', async () => {
    const store = await opened(true)
    expect(store.ownOf('ended-set')).toEqual(own)
    expect(store.ownOf('another')).toBeUndefined()
  })

  it('are nobody else’s', async () => {
    const store = await opened(false)
    store.open('bob')
    await flushPromises()
    expect(ids(store)).toEqual([])
    expect(store.ownOf('ended-set')).toBeUndefined()
  })
})
