/** Space and Enter, a remote's one button, do what comes next; a tap on the button does the same. */
import { computed, type Ref } from 'vue'
import type { Command } from '@/lib/flow/events'
import { useHandsFree } from './useHandsFree'
import type { useSessionFlow } from './useSessionFlow'

type Flow = Pick<ReturnType<typeof useSessionFlow>, 'active' | 'state' | 'command'>

export interface FlowKeysOptions {
  counting: Readonly<Ref<boolean>>
  /** Something else is under way: a key in passing must not begin a set. */
  busy: Readonly<Ref<boolean>>
}

export function useFlowKeys({ active, state, command }: Flow, { counting, busy }: FlowKeysOptions): void {
  const next = computed<Command>(() => {
    if (state.value === 'exercising' || state.value === 'countdown') return 'stop'
    if (state.value === 'resting') return 'skip_rest'
    return state.value === 'paused' ? 'resume' : 'start'
  })

  useHandsFree({ counting, onKey: () => active.value && !busy.value && command(next.value) })
}
