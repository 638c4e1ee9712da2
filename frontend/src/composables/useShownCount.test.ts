import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { SetDetail } from '@/api/types'
import { aSet } from '@/components/studio/testing'
import type { SetCount } from '@/discriminator/setCounter'
import { useShownCount } from './useShownCount'

const aCount = (rep_count: number): SetCount => ({
  ...aSet({ rep_count }),
  confidence: 0.9,
  analyzed_to_ms: 0,
  last_rep: null,
  last_attempt: null,
  findings: [],
})

describe('useShownCount', () => {
  const setUp = () => {
    const server = { set: shallowRef<SetDetail | null>(null), done: ref(false) }
    const own = { count: shallowRef<SetCount | null>(null), final: ref(false), version: ref('0.2-own') }
    const found = effectScope().run(() => useShownCount(server, own))!
    return { server, own, ...found }
  }
  let warn: ReturnType<typeof vi.spyOn>
  beforeEach(() => void (warn = vi.spyOn(console, 'warn').mockReturnValue()))

  it('shows what the server counted where this device cannot', () => {
    const { server, shown } = setUp()
    expect(shown.value).toBeNull()
    server.set.value = aSet({ rep_count: 2 })
    expect(shown.value?.rep_count).toBe(2)
  })

  it('shows its own count first, and the server in the end', () => {
    const { server, own, shown } = setUp()
    own.count.value = aCount(4)
    server.set.value = aSet({ rep_count: 2 })
    expect(shown.value?.rep_count).toBe(4)
    server.set.value = aSet({ rep_count: 5, state: 'done' })
    server.done.value = true
    expect(shown.value?.rep_count).toBe(5)
  })

  it('compares only counts of the whole set, and logs a difference with both versions', async () => {
    const { server, own, ownResult } = setUp()
    own.count.value = aCount(4)
    expect(ownResult.value?.rep_count).toBe(4)
    server.set.value = aSet({ id: 'set-7', rep_count: 5, model_version: '0.2-server', state: 'done' })
    server.done.value = true
    await nextTick()
    expect(ownResult.value).toBeNull()
    expect(warn).not.toHaveBeenCalled()
    own.final.value = true
    await nextTick()
    expect(ownResult.value?.rep_count).toBe(4)
    expect(warn).toHaveBeenCalledWith('Set set-7: 4 repetitions here (0.2-own), 5 by the server (0.2-server)')
  })

  it('has nothing to log where both agree', async () => {
    const { server, own } = setUp()
    own.count.value = aCount(5)
    own.final.value = true
    server.set.value = aSet({ rep_count: 5, state: 'done' })
    server.done.value = true
    await nextTick()
    expect(warn).not.toHaveBeenCalled()
  })
})
