import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OutboxState } from '@/pose/outbox'
import { finishWorkout } from '@/pose/writes'
import { useOutboxStore } from './outbox'

class FakeOutbox {
  static made: FakeOutbox[] = []
  tell: (state: OutboxState) => void = () => undefined
  start = vi.fn()
  stop = vi.fn()
  resume = vi.fn()
  enqueue = vi.fn(() => Promise.resolve(1))

  constructor(readonly options: { user: string }) {
    FakeOutbox.made.push(this)
  }

  subscribe(tell: (state: OutboxState) => void): () => void {
    this.tell = tell
    return () => (this.tell = () => undefined)
  }
}
vi.mock('@/pose/outbox', () => ({
  get Outbox() {
    return FakeOutbox
  },
}))

const state = (status: OutboxState['status'], pending = 0): OutboxState => ({
  status,
  pending,
  parked: [],
  retryAtMs: null,
})

describe('outbox store', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    FakeOutbox.made = []
  })

  it('opens one outbox an athlete, and closes the one before', () => {
    const store = useOutboxStore()
    store.open('ada')
    store.open('ada')
    store.open('bob')
    expect(FakeOutbox.made.map(({ options }) => options.user)).toEqual(['ada', 'bob'])
    expect(FakeOutbox.made[0]!.stop).toHaveBeenCalledOnce()
    expect(FakeOutbox.made[1]!.start).toHaveBeenCalledOnce()
  })

  it('tells what the outbox tells, until it is closed', () => {
    const store = useOutboxStore()
    store.open('ada')
    FakeOutbox.made[0]!.tell(state('waiting', 3))
    expect(store.state.pending).toBe(3)
    store.close()
    expect(store.state.pending).toBe(0)
    FakeOutbox.made[0]!.tell(state('waiting', 5))
    expect(store.state.pending).toBe(0)
  })

  it('tries again when someone who was signed out comes back to the tab', () => {
    const store = useOutboxStore()
    store.open('ada')
    const [outbox] = FakeOutbox.made
    window.dispatchEvent(new Event('focus'))
    expect(outbox!.resume).not.toHaveBeenCalled()
    outbox!.tell(state('signed_out', 2))
    window.dispatchEvent(new Event('focus'))
    expect(outbox!.resume).toHaveBeenCalledOnce()
  })

  it('keeps nothing for nobody', () => {
    expect(() => useOutboxStore().enqueue(finishWorkout('w', { ended_at: '' }))).toThrow(/before open/)
  })
})
