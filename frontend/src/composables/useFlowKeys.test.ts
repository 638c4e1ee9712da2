import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import type { Command, FlowState } from '@/lib/flow/events'
import { useFlowKeys } from './useFlowKeys'

describe('useFlowKeys', () => {
  const state = ref<FlowState>('ready')
  const busy = ref(false)
  const command = vi.fn<(wish: Command) => void>()
  let scope: EffectScope

  const press = (key: string): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key }))

  beforeEach(() => {
    command.mockClear()
    busy.value = false
    scope = effectScope()
    scope.run(() =>
      useFlowKeys({ active: ref(true) as never, state, command }, { counting: ref(false), busy }),
    )
  })
  afterEach(() => scope.stop())

  it.each<[FlowState, Command]>([
    ['ready', 'start'],
    ['countdown', 'stop'],
    ['exercising', 'stop'],
    ['resting', 'skip_rest'],
    ['paused', 'resume'],
  ])('does what comes next: %s, %s', (now, next) => {
    state.value = now
    press(' ')
    expect(command.mock.calls).toEqual([[next]])
  })

  it('begins nothing while something else is under way', () => {
    busy.value = true
    press('Enter')
    expect(command).not.toHaveBeenCalled()
  })
})
