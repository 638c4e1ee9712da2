/** Space and Enter, a remote's one button, do what comes next; a tap on the button does the same. */
import type { Command } from '@/lib/flow/events'
import { useHandsFree } from './useHandsFree'
import type { useSessionFlow } from './useSessionFlow'
import { computed, type Ref } from 'vue'

type Flow = Pick<ReturnType<typeof useSessionFlow>, 'active' | 'state' | 'command'>

export function useFlowKeys({ active, state, command }: Flow, counting: Readonly<Ref<boolean>>): void {
  const next = computed<Command>(() => {
    if (state.value === 'exercising' || state.value === 'countdown') return 'stop'
    if (state.value === 'resting') return 'skip_rest'
    return state.value === 'paused' ? 'resume' : 'start'
  })

  useHandsFree({ counting, onKey: () => active.value && command(next.value) })
}
