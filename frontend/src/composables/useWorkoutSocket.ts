/**
 * The socket of one workout: a nudge that a set was analysed, never the truth.
 *
 * It reconnects for as long as it is wanted, ever more slowly, and says so each time it is back, because what was sent
 * in between is lost and has to be asked for. A workout that still waits in the outbox is refused (4403) until the
 * server knows it; that too is only a reason to try again.
 */
import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue'

import type { AnalyzedEvent } from '@/components/studio/types'
import { backoffMs } from '@/pose/backoff'

export type SocketState = 'idle' | 'connecting' | 'live' | 'waiting'

export interface WorkoutSocketOptions {
  onAnalyzed: (event: AnalyzedEvent) => void
  /** Called each time the socket is open, the first time too. */
  onOpen?: () => void
  connect?: (url: string) => WebSocket
}

const LONGEST_WAIT_MS = 15_000

export function socketUrl(workoutId: string, location: Pick<Location, 'protocol' | 'host'>): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}/ws/workouts/${workoutId}`
}

function parse(data: unknown): AnalyzedEvent | null {
  try {
    const event = JSON.parse(String(data)) as Partial<AnalyzedEvent> | null
    return event?.type === 'set.analyzed' && event.set ? (event as AnalyzedEvent) : null
  } catch {
    return null
  }
}

export function useWorkoutSocket(workoutId: Ref<string | null>, options: WorkoutSocketOptions) {
  const connect = options.connect ?? ((url) => new WebSocket(url))
  const state = ref<SocketState>('idle')
  const socket = shallowRef<WebSocket | null>(null)
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(id: string): void {
    clearTimeout(timer)
    state.value = 'connecting'
    const opened = connect(socketUrl(id, window.location))
    socket.value = opened
    opened.onopen = () => {
      state.value = 'live'
      options.onOpen?.()
    }
    opened.onmessage = ({ data }) => {
      // Only an answer proves that the server took us in; an open alone may be followed by a refusal.
      failures = 0
      const event = parse(data)
      if (event) options.onAnalyzed(event)
    }
    opened.onclose = () => {
      if (socket.value !== opened) return
      state.value = 'waiting'
      failures += 1
      timer = setTimeout(() => open(id), Math.min(backoffMs(failures), LONGEST_WAIT_MS))
    }
  }

  function close(): void {
    clearTimeout(timer)
    const old = socket.value
    socket.value = null
    state.value = 'idle'
    old?.close()
  }

  function retryNow(): void {
    if (state.value === 'waiting' && workoutId.value) open(workoutId.value)
  }

  watch(
    workoutId,
    (id) => {
      close()
      failures = 0
      if (id) open(id)
    },
    { immediate: true },
  )
  window.addEventListener('online', retryNow)
  onScopeDispose(() => {
    window.removeEventListener('online', retryNow)
    close()
  })

  return { state: readonly(state) }
}
