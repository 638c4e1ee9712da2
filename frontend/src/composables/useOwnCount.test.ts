import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { SetCount } from '@/discriminator/setCounter'
import type { FromDiscriminator, ToDiscriminator } from '@/workers/discriminatorMessages'
import { useOwnCount, type DiscriminatorWorker } from './useOwnCount'

class FakeWorker implements DiscriminatorWorker {
  readonly got: ToDiscriminator[] = []
  onmessage: Worker['onmessage'] = null
  onerror: Worker['onerror'] = null
  terminate = vi.fn()
  postMessage(message: unknown): void {
    this.got.push(message as ToDiscriminator)
  }
  say(data: FromDiscriminator): void {
    this.onmessage?.call(this as unknown as Worker, new MessageEvent('message', { data }))
  }
}

const aCount = (rep_count: number): SetCount => ({
  rep_count,
  attempt_count: 0,
  exercise: 'squat',
  confidence: 0.9,
  hold_s: null,
  analyzed_to_ms: 1_000,
  last_rep: null,
  last_attempt: null,
  findings: [],
})

const shipped = new URL('/models/discriminator/model.json', location.href).href

describe('useOwnCount', () => {
  let worker: FakeWorker
  let promoted: string | null
  const setUp = () => {
    const scope = effectScope()
    const options = { createWorker: () => worker, modelUrl: () => Promise.resolve(promoted) }
    return { scope, own: scope.run(() => useOwnCount(options))! }
  }

  beforeEach(() => {
    worker = new FakeWorker()
    promoted = null
    vi.stubGlobal('Worker', FakeWorker)
  })

  it('loads the network from our own origin, once', async () => {
    const { own } = setUp()
    own.load()
    own.load()
    await Promise.resolve()
    expect(worker.got).toHaveLength(1)
    expect(worker.got[0]).toMatchObject({ type: 'load', modelUrls: [shipped] })
    worker.say({ type: 'ready', version: '1' })
    expect(own.version.value).toBe('1')
  })

  it('asks for the version with which the server counts first, and falls back on its own', async () => {
    promoted = 'https://coach.test/api/models/abc/model.json'
    setUp().own.load()
    await Promise.resolve()
    expect(worker.got[0]).toMatchObject({ type: 'load', modelUrls: [promoted, shipped] })
  })

  it('shows the count of the running set, and whether it is the last', () => {
    const { own } = setUp()
    own.start('set-1', null)
    worker.say({ type: 'count', set: 'set-1', count: aCount(3), final: false })
    expect(own.count.value?.rep_count).toBe(3)
    expect(own.final.value).toBe(false)
    own.finish()
    worker.say({ type: 'count', set: 'set-1', count: aCount(4), final: true })
    expect(own.count.value?.rep_count).toBe(4)
    expect(own.final.value).toBe(true)
  })

  it('starts the next set from nothing, and ignores a late count of the last', () => {
    const { own } = setUp()
    own.start('set-1', null)
    worker.say({ type: 'count', set: 'set-1', count: aCount(3), final: true })
    own.start('set-2', 'squat')
    worker.say({ type: 'count', set: 'set-1', count: aCount(4), final: true })
    expect(own.count.value).toBeNull()
    expect(own.final.value).toBe(false)
  })

  it('leaves the count to the server when its worker fails', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const { own } = setUp()
    own.start('set-1', null)
    worker.say({ type: 'count', set: 'set-1', count: aCount(3), final: false })
    worker.say({ type: 'failed', message: 'no room' })
    expect(own.count.value).toBeNull()
    expect(worker.terminate).toHaveBeenCalled()
    expect(warn).toHaveBeenCalledWith('Counting on this device stopped: no room')
    expect(() => own.finish()).not.toThrow()
  })

  it('ends its worker with the page', () => {
    const { own, scope } = setUp()
    own.load()
    scope.stop()
    expect(worker.terminate).toHaveBeenCalled()
  })
})
