import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  claimWorkout,
  forgetWorkout,
  markSent,
  readWorkouts,
  writeWorkout,
  type LocalWorkout,
} from './openWorkouts'

const workout = (id: string, startedAt = '2026-01-01T10:00:00Z'): LocalWorkout => ({
  id,
  startedAt,
  timeZone: 'UTC',
  sets: [],
  endedAt: null,
  sentAt: null,
})

/** Grants each name once, as browsers do between tabs. */
function fakeLocks() {
  const held = new Set<string>()
  const request = async (
    name: string,
    _options: LockOptions,
    callback: (lock: object | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name)) return callback(null)
    held.add(name)
    await callback({})
    held.delete(name)
    return undefined
  }
  return { request } as unknown as LockManager
}

describe('open workouts', () => {
  beforeEach(() => localStorage.clear())

  it('are marked as sent once they are finished, and let go of a week later', () => {
    const nowMs = Date.parse('2026-01-02T10:00:00Z')
    writeWorkout('ada', workout('open'))
    writeWorkout('ada', { ...workout('ended'), endedAt: '2026-01-01T11:00:00Z' })
    expect(markSent('ada', nowMs)).toBe(1)
    expect(markSent('ada', nowMs)).toBe(0)
    const sent = readWorkouts('ada').map(({ id, sentAt }) => [id, sentAt])
    expect(sent).toContainEqual(['open', null])
    expect(sent).toContainEqual(['ended', '2026-01-02T10:00:00.000Z'])
    markSent('ada', nowMs + 8 * 24 * 3_600_000)
    expect(readWorkouts('ada').map(({ id }) => id)).toEqual(['open'])
  })

  it('come back in the order in which they began', () => {
    writeWorkout('ada', workout('late', '2026-01-02T10:00:00Z'))
    writeWorkout('ada', workout('early'))
    expect(readWorkouts('ada').map(({ id }) => id)).toEqual(['early', 'late'])
  })

  it('belong to one athlete', () => {
    writeWorkout('ada', workout('hers'))
    expect(readWorkouts('bob')).toEqual([])
  })

  it('are forgotten one by one', () => {
    writeWorkout('ada', workout('a'))
    writeWorkout('ada', workout('b'))
    forgetWorkout('ada', 'a')
    expect(readWorkouts('ada').map(({ id }) => id)).toEqual(['b'])
  })

  it.each(['{', 'null', '42', '{"id":"x"}'])('skip what cannot be read: %s', (text) => {
    localStorage.setItem('posecoach.workout.ada.x', text)
    expect(readWorkouts('ada')).toEqual([])
  })

  it('cost no workout when the storage is full', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const full = {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    } as unknown as Storage
    expect(() => writeWorkout('ada', workout('a'), full)).not.toThrow()
    expect(warn).toHaveBeenCalledOnce()
  })
})

describe('claimWorkout', () => {
  it('gives a workout to one tab at a time', async () => {
    const locks = fakeLocks()
    const release = await claimWorkout('w', locks)
    expect(release).not.toBeNull()
    expect(await claimWorkout('w', locks)).toBeNull()
    release?.()
    await Promise.resolve()
    await Promise.resolve()
    expect(await claimWorkout('w', locks)).not.toBeNull()
  })

  it('gives it freely where the browser has no locks', async () => {
    expect(await claimWorkout('w', undefined)).not.toBeNull()
  })
})
