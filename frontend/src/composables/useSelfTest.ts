import { computed, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import { combinations, type Combination, type Engine, type ModelName } from '@/selftest/combinations'
import { measure, type MeasureOptions, type Shot } from '@/selftest/measure'
import { pick } from '@/selftest/pick'
import type { Result } from '@/selftest/result'
import { useDetectorSettings } from './useDetectorSettings'

export interface SelfTestOptions {
  models?: readonly ModelName[]
  engines?: readonly Engine[]
  createClient?: MeasureOptions['createClient']
}

/** idle → running → done, or back to idle when it is cancelled; what was measured by then stays. */
export type SelfTestStatus = 'idle' | 'running' | 'done'

/** Tries networks on engines one after the other, and says which of them suits this device. */
export function useSelfTest({ models, engines, createClient }: SelfTestOptions = {}) {
  const plan = combinations(models, engines)
  const status = ref<SelfTestStatus>('idle')
  const results = shallowRef<readonly Result[]>([])
  const current = shallowRef<Combination | null>(null)
  const { settings } = useDetectorSettings()
  let run: AbortController | null = null

  const progress = computed(() => results.value.length / plan.length)
  const best = computed(() => pick(results.value))

  /** Measures all of them on the pictures that `take` gives. Never rejects. */
  async function start(take: () => Promise<Shot>): Promise<void> {
    cancel()
    const own = (run = new AbortController())
    results.value = []
    status.value = 'running'
    for (const combination of plan) {
      current.value = combination
      const options = { take, settings: settings.value, signal: own.signal, createClient }
      const result = await measure(combination, options)
      if (own.signal.aborted) return
      results.value = [...results.value, result]
    }
    current.value = null
    status.value = 'done'
  }

  function cancel(): void {
    run?.abort()
    run = null
    current.value = null
    if (status.value === 'running') status.value = 'idle'
  }

  onScopeDispose(cancel)

  return {
    plan,
    status: readonly(status),
    results: shallowReadonly(results),
    current: shallowReadonly(current),
    progress,
    best,
    settings,
    start,
    cancel,
  }
}
