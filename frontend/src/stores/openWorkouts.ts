/**
 * Workouts of one athlete on this device: open ones, so that a reload in the middle of a set loses nothing, and
 * finished ones for as long as the server may not have all of them, and a few days longer.
 *
 * Each workout has its own key, and the tab that trains in it holds a lock of the same name: a second tab
 * leaves it alone, and after a crash the lock is free and the workout can be taken up again.
 */
import type { Source } from '@/api/types'
import type { LiveFigures } from '@/components/studio/types'

export interface LocalSet {
  id: string
  /** A catalogue slug, or null for "recognise it for me". */
  exercise: string | null
  source: Source
  startedAt: string
  clipCount: number
  endedAt: string | null
  discarded: boolean
  /** What this device counted itself. */
  own?: LiveFigures
  /** Index of the planned workout's item that it was trained for. */
  item?: number
}

export interface LocalWorkout {
  id: string
  startedAt: string
  timeZone: string
  sets: LocalSet[]
  endedAt: string | null
  /** When it was known that the server has all of it. */
  sentAt: string | null
  /** The planned workout that it is. */
  planned?: string
}

/** How long a workout that was sent is remembered, for the count that this device made of it. */
const REMEMBERED_MS = 7 * 24 * 3_600_000

const PREFIX = 'posecoach.workout'

const keyOf = (user: string, id: string): string => `${PREFIX}.${user}.${id}`

function isWorkout(value: unknown): value is LocalWorkout {
  if (typeof value !== 'object' || value === null) return false
  const { id, startedAt, sets } = value as Partial<LocalWorkout>
  return typeof id === 'string' && typeof startedAt === 'string' && Array.isArray(sets)
}

function parse(text: string | null): LocalWorkout | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isWorkout(value)
      ? { ...value, endedAt: value.endedAt ?? null, sentAt: value.sentAt ?? null }
      : null
  } catch {
    return null
  }
}

/** All workouts of the athlete on this device, oldest first. Unreadable entries are skipped. */
export function readWorkouts(user: string, storage: Storage = localStorage): LocalWorkout[] {
  const prefix = `${PREFIX}.${user}.`
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  return keys
    .filter((key): key is string => key?.startsWith(prefix) ?? false)
    .map((key) => parse(storage.getItem(key)))
    .filter((workout): workout is LocalWorkout => workout !== null)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt))
}

/** Keeps the workout. A full or forbidden storage costs only the list and the offer to resume, so it is no error. */
export function writeWorkout(user: string, workout: LocalWorkout, storage: Storage = localStorage): void {
  try {
    storage.setItem(keyOf(user, workout.id), JSON.stringify(workout))
  } catch (error) {
    console.warn('The workout cannot be listed on this device', error)
  }
}

export function forgetWorkout(user: string, id: string, storage: Storage = localStorage): void {
  storage.removeItem(keyOf(user, id))
}

/** Marks all finished workouts as sent, and lets go of those sent long ago. Answers how many were new. */
export function markSent(user: string, nowMs = Date.now(), storage: Storage = localStorage): number {
  const ended = readWorkouts(user, storage).filter(({ endedAt }) => endedAt !== null)
  const fresh = ended.filter(({ sentAt }) => sentAt === null)
  for (const workout of fresh) {
    writeWorkout(user, { ...workout, sentAt: new Date(nowMs).toISOString() }, storage)
  }
  for (const { id, sentAt } of ended) {
    if (sentAt && nowMs - Date.parse(sentAt) > REMEMBERED_MS) forgetWorkout(user, id, storage)
  }
  return fresh.length
}

/** Resolves to a release function, or to null when another tab trains in this workout. */
export function claimWorkout(
  id: string,
  locks = navigator.locks as LockManager | undefined,
): Promise<(() => void) | null> {
  if (!locks) return Promise.resolve(() => undefined)
  return new Promise((resolve, reject) => {
    locks
      .request(`${PREFIX}.${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null)
          return undefined
        }
        return new Promise<void>((release) => resolve(release))
      })
      .catch(reject)
  })
}
