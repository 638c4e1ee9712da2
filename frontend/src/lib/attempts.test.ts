import { describe, expect, it } from 'vitest'
import { AttemptWatch, shortfall, type LiveAttempt } from './attempts'
import { movementOf, wayOf } from './movement'

const attempt = (start_ms: number, rest: Partial<LiveAttempt> = {}): LiveAttempt => ({
  start_ms,
  end_ms: start_ms + 1_000,
  reason: 'too_small',
  ...rest,
})

describe('AttemptWatch', () => {
  it('tells an attempt when two looks have found it, and once', () => {
    const watch = new AttemptWatch()
    expect(watch.push(attempt(4_000), 5_500)).toBeNull()
    expect(watch.push(attempt(4_200), 6_200)?.start_ms).toBe(4_200)
    expect(watch.push(attempt(4_100), 6_900)).toBeNull()
  })

  it('tells nothing that was a repetition after all', () => {
    const watch = new AttemptWatch()
    expect(watch.push(attempt(4_000), 5_500)).toBeNull()
    expect(watch.push(null, 6_200)).toBeNull()
    expect(watch.push(attempt(4_000), 6_900)).toBeNull()
  })

  it('does not take one look for two', () => {
    const watch = new AttemptWatch()
    watch.push(attempt(4_000), 5_500)
    expect(watch.push(attempt(4_000), 5_500)).toBeNull()
  })

  it('tells the next one, too', () => {
    const watch = new AttemptWatch()
    watch.push(attempt(4_000), 5_500, true)
    expect(watch.push(attempt(7_000), 8_500, true)).not.toBeNull()
  })

  it('leaves alone what is long over', () => {
    expect(new AttemptWatch().push(attempt(4_000), 12_000, true)).toBeNull()
  })
})

describe('shortfall', () => {
  it('is in whole degrees', () => {
    expect(shortfall(attempt(0, { rom_deg: 77.6, needed_deg: 90.2 }))).toEqual({ rom: 78, needed: 90 })
  })

  it.each([{}, { rom_deg: 78 }, { rom_deg: null, needed_deg: 90 }, { rom_deg: 89.8, needed_deg: 90.2 }])(
    'says nothing where degrees say nothing: %o',
    (degrees) => expect(shortfall(attempt(0, degrees))).toBeNull(),
  )
})

describe('movementOf', () => {
  it('knows which joint moves, and which way', () => {
    const squat = { slug: 'squat', kind: 'reps' as const, joints: ['knee', 'hip'] }
    expect(movementOf(squat)).toEqual({ joint: 'knee', opens: false, alternates: false })
    expect(movementOf({ ...squat, slug: 'front_raise', joints: ['shoulder'] })?.opens).toBe(true)
    expect(wayOf('squat')).toBe('deep')
    expect(wayOf(null)).toBe('far')
  })

  it('has none where no angle goes there and back', () => {
    expect(movementOf(undefined)).toBeNull()
    expect(movementOf({ slug: 'plank', kind: 'hold', joints: ['hip'] })).toBeNull()
    expect(movementOf({ slug: 'pommel_horse', kind: 'reps', joints: ['hip'] })).toBeNull()
  })
})
