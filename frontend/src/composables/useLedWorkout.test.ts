import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { writeWorkout } from '@/stores/openWorkouts'
import { useWorkoutStore } from '@/stores/workout'
import { useLedWorkout } from './useLedWorkout'

const server = vi.hoisted(() => ({ getPlanned: (id: string): Promise<unknown> => Promise.resolve(id) }))
const sent = vi.hoisted((): { method: string; path: string; body: unknown }[] => [])
vi.mock('@/api/plans', () => ({ getPlanned: (id: string) => server.getPlanned(id) }))
vi.mock('@/stores/outbox', () => ({
  useOutboxStore: () => ({
    enqueue: (write: { method: string; path: string; body: unknown }) => Promise.resolve(sent.push(write)),
  }),
}))

const PLANNED = {
  id: 'planned-1',
  title: 'Legs',
  items: [
    { exercise: 'squat', sets: 2, reps: 10, hold_s: null, rest_s: 60 },
    { exercise: 'plank', sets: 1, reps: null, hold_s: 30, rest_s: 90 },
  ],
}

describe('useLedWorkout', () => {
  let scope: EffectScope
  const wanted = ref<string | null>('planned-1')

  async function setUp() {
    const led = scope.run(() => useLedWorkout(wanted))!
    await flushPromises()
    return led
  }
  /** A whole set for the item that is next. */
  async function train(item: number): Promise<void> {
    const workouts = useWorkoutStore()
    await workouts.startSet('squat', 'camera', { item })
    await workouts.finishSet()
    await flushPromises()
  }

  beforeEach(async () => {
    localStorage.clear()
    sent.length = 0
    wanted.value = 'planned-1'
    server.getPlanned = () => Promise.resolve(PLANNED)
    setActivePinia(createPinia())
    await useWorkoutStore().open('ada')
    scope = effectScope()
  })
  afterEach(() => scope.stop())

  it('leads from set to set, and links the workout once it has begun', async () => {
    const led = await setUp()
    expect(led.step.value).toMatchObject({ exercise: 'squat', set: 1, sets: 2 })
    expect(sent).toEqual([])
    await train(0)
    expect(led.step.value).toMatchObject({ exercise: 'squat', set: 2 })
    const links = sent.filter(({ path }) => path === '/api/planned/planned-1/workout')
    expect(links).toHaveLength(1)
    expect(JSON.parse(String(links[0]?.body))).toEqual({ workout: useWorkoutStore().workout?.id })
    await train(0)
    expect(led.step.value).toMatchObject({ exercise: 'plank', target: { kind: 'hold_s', value: 30 } })
    await train(1)
    expect(led.isOver.value).toBe(true)
  })

  it('links a workout that had begun before the plan was there', async () => {
    server.getPlanned = () => Promise.reject(new Error('offline'))
    const led = await setUp()
    await useWorkoutStore().begin()
    server.getPlanned = () => Promise.resolve(PLANNED)
    await led.retry()
    await flushPromises()
    expect(sent.map(({ path }) => path)).toContain('/api/planned/planned-1/workout')
  })

  it('is one workout: a second one of the same visit is not the planned one', async () => {
    await setUp()
    const workouts = useWorkoutStore()
    for (let i = 0; i < 2; i++) {
      await train(0)
      await workouts.finish()
      await flushPromises()
    }
    expect(sent.filter(({ path }) => path === '/api/planned/planned-1/workout')).toHaveLength(1)
  })

  it('asks again for a set that was discarded', async () => {
    const led = await setUp()
    await train(0)
    const workouts = useWorkoutStore()
    await workouts.discardSet(workouts.sets[0].id)
    expect(led.step.value).toMatchObject({ set: 1 })
  })

  it('can leave an exercise out, and all that is left', async () => {
    const led = await setUp()
    led.skip()
    expect(led.step.value).toMatchObject({ exercise: 'plank' })
    expect(led.progress.value.map(({ isSkipped }) => isSkipped)).toEqual([true, false])
    led.end()
    expect(led.isOver.value).toBe(true)
  })

  it('goes on after a reload where it was, without a question', async () => {
    writeWorkout('ada', {
      id: 'workout-1',
      startedAt: new Date().toISOString(),
      timeZone: 'UTC',
      sets: [
        {
          id: 'set-1',
          exercise: 'squat',
          source: 'camera',
          startedAt: '',
          clipCount: 1,
          endedAt: '2026-01-01T10:00:00Z',
          discarded: false,
          item: 0,
        },
      ],
      endedAt: null,
      sentAt: null,
      planned: 'planned-1',
    })
    setActivePinia(createPinia())
    await useWorkoutStore().open('ada')
    const led = await setUp()
    expect(useWorkoutStore().workout?.id).toBe('workout-1')
    expect(led.step.value).toMatchObject({ exercise: 'squat', set: 2 })
  })

  it('says that it could not be fetched, and tries again', async () => {
    server.getPlanned = () => Promise.reject(new Error('offline'))
    const led = await setUp()
    expect(led.failure.value).toBeInstanceOf(Error)
    server.getPlanned = () => Promise.resolve(PLANNED)
    await led.retry()
    expect(led.step.value).not.toBeNull()
  })

  it('leads nowhere without a plan', async () => {
    wanted.value = null
    const led = await setUp()
    expect([led.step.value, led.isOver.value]).toEqual([null, false])
  })
})
