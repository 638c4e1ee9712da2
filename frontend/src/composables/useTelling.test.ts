import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'
import type { LiveMessage } from '@/components/live/types'
import { i18n } from '@/i18n'
import { useTelling } from './useTelling'

const { say, play } = vi.hoisted(() => ({ say: vi.fn(), play: vi.fn() }))
vi.mock('./useVoice', () => ({ useVoice: () => ({ say }) }))
vi.mock('./useSounds', () => ({ useSounds: () => ({ play }) }))

function setUp() {
  const listening = ref(true)
  const count = ref(0)
  const message = ref<LiveMessage | null>(null)
  const page = defineComponent({
    setup: () => useTelling({ listening, count, message }),
    template: '<i />',
  })
  mount(page, { global: { plugins: [createPinia(), i18n] } })
  return { listening, count, message }
}

describe('useTelling', () => {
  beforeEach(() => {
    say.mockReset()
    play.mockReset()
  })

  it('sounds and says every repetition', async () => {
    const { count } = setUp()
    count.value = 1
    await nextTick()
    expect(play).toHaveBeenCalledExactlyOnceWith('rep')
    expect(say).toHaveBeenCalledExactlyOnceWith('count', '1')
  })

  it('says nothing when the count starts again, nor while nobody listens', async () => {
    const { count, listening, message } = setUp()
    count.value = 8
    await nextTick()
    listening.value = false
    count.value = 0
    await nextTick()
    count.value = 3
    message.value = { tone: 'cue', text: 'Go deeper', joint: 'knee' }
    await nextTick()
    expect(say).toHaveBeenCalledExactlyOnceWith('count', '8')
  })

  it('gives an attempt a sound of its own, and a cue none', async () => {
    const { message } = setUp()
    message.value = { tone: 'attempt', text: 'Not deep enough', joint: null }
    await nextTick()
    message.value = { tone: 'cue', text: 'Chest up', joint: 'hip' }
    await nextTick()
    expect(play).toHaveBeenCalledExactlyOnceWith('attempt')
    expect(say.mock.calls).toEqual([
      ['attempt', 'Not deep enough'],
      ['cue', 'Chest up'],
    ])
  })
})
