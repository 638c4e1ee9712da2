/**
 * A socket of this site that says and hears JSON.
 *
 * It reconnects for as long as it is wanted, ever more slowly, and says so each time it is back, because what was sent
 * in between is lost and has to be asked for. Who is turned away with one of the `final` codes before anything was
 * heard is not asked in again.
 */
import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue'
import { backoffMs } from '@/pose/backoff'

export type SocketState = 'idle' | 'connecting' | 'live' | 'waiting' | 'refused'

/** Not signed in, and not allowed (docs/data-flow.md). */
export const SIGNED_OUT = 4401
export const FORBIDDEN = 4403

export interface SocketMessage {
  type: string
}

export interface SocketOptions {
  onMessage: (message: SocketMessage) => void
  /** Called each time the socket is open, the first time too. */
  onOpen?: () => void
  final?: readonly number[]
  connect?: (url: string) => WebSocket
}

const LONGEST_WAIT_MS = 15_000

export function socketUrl(path: string, location: Pick<Location, 'protocol' | 'host'>): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}${path}`
}

function parse(data: unknown): SocketMessage | null {
  try {
    const message = JSON.parse(String(data)) as Partial<SocketMessage> | null
    return typeof message?.type === 'string' ? (message as SocketMessage) : null
  } catch {
    return null
  }
}

/** `path`: null while no socket is wanted. */
export function useSocket(path: Readonly<Ref<string | null>>, options: SocketOptions) {
  const connect = options.connect ?? ((url) => new WebSocket(url))
  const state = ref<SocketState>('idle')
  /** The code with which the server has turned this page away. */
  const refusedWith = ref<number | null>(null)
  const socket = shallowRef<WebSocket | null>(null)
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(to: string): void {
    clearTimeout(timer)
    state.value = 'connecting'
    const opened = connect(socketUrl(to, window.location))
    let heard = false
    socket.value = opened
    opened.onopen = () => {
      state.value = 'live'
      options.onOpen?.()
    }
    opened.onmessage = ({ data }) => {
      // Only an answer proves that the server took us in; an open alone may be followed by a refusal.
      failures = 0
      heard = true
      const message = parse(data)
      if (message) options.onMessage(message)
    }
    opened.onclose = (event?: { code?: number }) => {
      if (socket.value !== opened) return
      const code = event?.code ?? 0
      if (!heard && options.final?.includes(code)) {
        refusedWith.value = code
        state.value = 'refused'
        return
      }
      state.value = 'waiting'
      failures += 1
      timer = setTimeout(() => open(to), Math.min(backoffMs(failures), LONGEST_WAIT_MS))
    }
  }

  function close(): void {
    clearTimeout(timer)
    const old = socket.value
    socket.value = null
    state.value = 'idle'
    old?.close()
  }

  /** Answers whether it was sent; nothing waits for a connection. */
  function send<M extends SocketMessage>(message: M): boolean {
    if (state.value !== 'live' || !socket.value) return false
    socket.value.send(JSON.stringify(message))
    return true
  }

  function retryNow(): void {
    if (state.value === 'waiting' && path.value) open(path.value)
  }

  watch(
    path,
    (to) => {
      close()
      failures = 0
      refusedWith.value = null
      if (to) open(to)
    },
    { immediate: true },
  )
  window.addEventListener('online', retryNow)
  onScopeDispose(() => {
    window.removeEventListener('online', retryNow)
    close()
  })

  return { state: readonly(state), refusedWith: readonly(refusedWith), send }
}
