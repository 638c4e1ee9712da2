/**
 * The workout that this tab trains in: who began it, which sets it has, and every write it takes to the server.
 *
 * Writes go through the outbox in order and carry ids made here, so each can be repeated. The store knows
 * nothing of pictures, poses or results: those belong to the page and to `useLiveSet`.
 */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import type { Source } from '@/api/types'
import type { LiveFigures } from '@/components/studio/types'
import { deviceTimeZone } from '@/lib/format'
import type { Target } from '@/lib/flow/events'
import type { Clip } from '@/pose/clip'
import * as writes from '@/pose/writes'
import { claimWorkout, readWorkouts, writeWorkout, type LocalSet, type LocalWorkout } from './openWorkouts'
import { useOutboxStore } from './outbox'

const now = (): string => new Date().toISOString()

/** What a set is for, where that is known before it begins. */
export interface SetAim {
  target?: Target | null
  /** Index of the planned workout's item. */
  item?: number
}

/** A workout that was forgotten ended with its last set, not on the day it was found again. */
const FORGOTTEN_MS = 30 * 60_000

export function endOf({ startedAt, sets }: LocalWorkout, nowMs = Date.now()): string {
  const last = sets.reduce((end, set) => (set.endedAt && set.endedAt > end ? set.endedAt : end), startedAt)
  return nowMs - Date.parse(last) > FORGOTTEN_MS ? last : new Date(nowMs).toISOString()
}

export const useWorkoutStore = defineStore('workout', () => {
  const workout = ref<LocalWorkout | null>(null)
  const resumable = ref<LocalWorkout | null>(null)
  const { enqueue } = useOutboxStore()
  let user = ''
  let release: (() => void) | null = null

  const sets = computed(() => workout.value?.sets.filter((set) => !set.discarded) ?? [])
  const openSet = computed(() => workout.value?.sets.find((set) => set.endedAt === null) ?? null)

  function keep(): void {
    if (workout.value) writeWorkout(user, workout.value)
  }

  function setOf(id: string): LocalSet {
    const found = workout.value?.sets.find((set) => set.id === id)
    if (!found) throw new Error(`The workout has no set ${id}`)
    return found
  }

  /** Binds the store to the athlete and finds a workout that a reload or a crash left open. */
  async function open(userKey: string): Promise<void> {
    if (user === userKey && (workout.value || resumable.value)) return
    leave()
    user = userKey
    const open = readWorkouts(user).filter(({ endedAt }) => endedAt === null)
    for (const candidate of open.reverse()) {
      const free = await claimWorkout(candidate.id)
      if (!free) continue
      release = free
      resumable.value = candidate
      return
    }
  }

  /** Takes the open workout up again; a set that was running ends with the clips it has. */
  async function resume(): Promise<void> {
    workout.value = resumable.value
    resumable.value = null
    if (openSet.value) await finishSet()
  }

  async function begin(): Promise<LocalWorkout> {
    if (resumable.value) await resume()
    if (workout.value) return workout.value
    const fresh: LocalWorkout = {
      id: crypto.randomUUID(),
      startedAt: now(),
      timeZone: deviceTimeZone(),
      sets: [],
      endedAt: null,
      sentAt: null,
    }
    await enqueue(writes.putWorkout(fresh.id, { started_at: fresh.startedAt, time_zone: fresh.timeZone }))
    release = await claimWorkout(fresh.id)
    workout.value = fresh
    keep()
    return workout.value
  }

  /** Makes the open workout the planned one. */
  async function link(planned: string): Promise<void> {
    if (!workout.value || workout.value.planned === planned) return
    workout.value.planned = planned
    keep()
    await enqueue(writes.linkPlanned(planned, workout.value.id))
  }

  async function startSet(
    exercise: string | null,
    source: Source,
    { target, item }: SetAim = {},
  ): Promise<LocalSet> {
    if (openSet.value) throw new Error('Finish the running set before the next one starts')
    const { id: workoutId, sets: all } = await begin()
    const id = crypto.randomUUID()
    const startedAt = now()
    const aim = target && { [target.kind === 'reps' ? 'target_reps' : 'target_hold_s']: target.value }
    const start = { workout: workoutId, exercise, source, started_at: startedAt, ...aim }
    await enqueue(writes.putSet(id, start))
    all.push({ id, exercise, source, startedAt, clipCount: 0, endedAt: null, discarded: false, item })
    keep()
    return setOf(id)
  }

  async function addClip(clip: Clip): Promise<void> {
    const set = openSet.value
    if (!set) throw new Error('A clip needs a running set')
    set.clipCount = clip.index + 1
    await enqueue(writes.putClip(set.id, clip))
    // After the outbox has it: a crash in between must not leave a count that waits for a clip that never comes.
    keep()
  }

  async function finishSet(): Promise<LocalSet> {
    const set = openSet.value
    if (!set) throw new Error('No set is running')
    set.endedAt = now()
    keep()
    await enqueue(writes.finishSet(set.id, { clip_count: set.clipCount, ended_at: set.endedAt }))
    return set
  }

  /** What this device counted, which stands until the server has; also of a set whose workout was just finished. */
  function noteOwn(id: string, { rep_count, exercise, confidence, hold_s }: LiveFigures): void {
    const all = workout.value ? [workout.value] : readWorkouts(user)
    const home = all.find(({ sets: kept }) => kept.some((set) => set.id === id))
    const set = home?.sets.find((kept) => kept.id === id)
    if (!home || !set) return
    set.own = { rep_count, exercise, confidence, hold_s }
    writeWorkout(user, home)
  }

  async function discardSet(id: string): Promise<void> {
    setOf(id).discarded = true
    keep()
    await enqueue(writes.deleteSet(id))
  }

  async function restoreSet(id: string): Promise<void> {
    setOf(id).discarded = false
    keep()
    await enqueue(writes.restoreSet(id))
  }

  /** Ends the workout and answers its id; null when none was open. */
  async function finish(): Promise<string | null> {
    if (resumable.value) await resume()
    if (!workout.value) return null
    if (openSet.value) await finishSet()
    const { id } = workout.value
    const endedAt = endOf(workout.value)
    await enqueue(writes.finishWorkout(id, { ended_at: endedAt }))
    workout.value.endedAt = endedAt
    keep()
    leave()
    return id
  }

  /** Lets go of the workout without ending it; it is offered again next time. */
  function leave(): void {
    workout.value = null
    resumable.value = null
    release?.()
    release = null
  }

  return {
    workout,
    resumable,
    sets,
    openSet,
    open,
    resume,
    begin,
    link,
    startSet,
    addClip,
    finishSet,
    noteOwn,
    discardSet,
    restoreSet,
    finish,
    leave,
  }
})
