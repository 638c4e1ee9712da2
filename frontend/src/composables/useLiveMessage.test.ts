import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, ref, type Ref } from 'vue'
import type { LiveMessage } from '@/components/live/types'
import { i18n, setLanguage } from '@/i18n'
import type { LiveAttempt } from '@/lib/attempts'
import { useLiveMessage } from './useLiveMessage'

const attempt = (rest: Partial<LiveAttempt> = {}): LiveAttempt => ({
  start_ms: 0,
  end_ms: 900,
  reason: 'too_small',
  ...rest,
})

function setUp() {
  const given = {
    exercise: ref<string | null>('squat'),
    joint: ref<string | null>('knee'),
    attempt: ref<LiveAttempt | null>(null),
    cue: ref<LiveMessage | null>(null),
    counting: ref(true),
  }
  let message!: Readonly<Ref<LiveMessage | null>>
  mount(defineComponent({ setup: () => void (message = useLiveMessage(given)), template: '<i />' }), {
    global: { plugins: [i18n] },
  })
  return { ...given, said: () => message.value }
}

describe('useLiveMessage', () => {
  beforeEach(async () => {
    vi.useFakeTimers()
    await setLanguage('en')
  })
  afterEach(() => void vi.useRealTimers())

  it('says by how much an attempt fell short, in the words of the exercise, and marks its joint', async () => {
    const { attempt: now, exercise, said } = setUp()
    now.value = attempt({ rom_deg: 78.2, needed_deg: 90.4 })
    await nextTick()
    expect(said()).toEqual({ tone: 'attempt', text: 'Not deep enough: 78° of 90°', joint: 'knee' })
    exercise.value = 'front_raise'
    now.value = attempt({ rom_deg: 50, needed_deg: 80 })
    await nextTick()
    expect(said()?.text).toBe('Not high enough: 50° of 80°')
  })

  it('gives the reason where degrees say nothing, and the server its word for an unknown one', async () => {
    const { attempt: now, said } = setUp()
    now.value = attempt({ reason: 'too_fast' })
    await nextTick()
    expect(said()).toEqual({ tone: 'attempt', text: 'Not counted: too quick.', joint: null })
    now.value = attempt({ reason: 'upside_down', message: 'You hung upside down.' })
    await nextTick()
    expect(said()?.text).toBe('You hung upside down.')
  })

  it('goes by itself, and with the set', async () => {
    const { cue, counting, said } = setUp()
    cue.value = { tone: 'praise', text: 'Good depth', joint: null }
    await nextTick()
    expect(said()?.text).toBe('Good depth')
    vi.advanceTimersByTime(6_000)
    expect(said()).toBeNull()
    cue.value = { tone: 'cue', text: 'Chest up', joint: 'hip' }
    await nextTick()
    counting.value = false
    await nextTick()
    expect(said()).toBeNull()
  })
})
