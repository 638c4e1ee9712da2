/** The outbox of the athlete who is signed in, for the whole app: what is kept on this device goes out from any page. */
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import { Outbox, type OutboxState } from '@/pose/outbox'
import type { Write } from '@/pose/writes'

const IDLE: OutboxState = { status: 'idle', pending: 0, parked: [], retryAtMs: null }

export const useOutboxStore = defineStore('outbox', () => {
  const state = shallowRef<OutboxState>(IDLE)
  let outbox: Outbox | null = null
  let owner: string | null = null
  let unsubscribe: (() => void) | null = null

  /** Opens the athlete's outbox and sends what waits in it; a second call for the same athlete does nothing. */
  function open(user: string): void {
    if (owner === user) return
    close()
    owner = user
    outbox = new Outbox({ user })
    unsubscribe = outbox.subscribe((next) => (state.value = next))
    outbox.start()
  }

  /** Stops sending; what waits stays on this device for the athlete's next visit. */
  function close(): void {
    unsubscribe?.()
    outbox?.stop()
    outbox = owner = unsubscribe = null
    state.value = IDLE
  }

  function opened(): Outbox {
    if (!outbox) throw new Error('The outbox is used before open(user)')
    return outbox
  }

  // Whoever was signed out signs in again in another tab, and comes back to this one.
  useEventListener(window, 'focus', () => {
    if (state.value.status === 'signed_out') outbox?.resume()
  })

  /** Resolves when the write is kept on this device, not when the server has it. */
  const enqueue = (write: Write): Promise<number> => opened().enqueue(write)

  return {
    state,
    open,
    close,
    enqueue,
    drained: () => opened().drained(),
    resume: () => opened().resume(),
    retry: (id: number) => opened().retry(id),
    discard: (id: number) => opened().discard(id),
  }
})
