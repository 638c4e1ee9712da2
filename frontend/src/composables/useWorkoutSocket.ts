/**
 * The socket of one workout: a nudge that a set was analysed, never the truth.
 *
 * A workout that still waits in the outbox is refused (4403) until the server knows it; that is only a reason to try
 * again.
 */
import { computed, type Ref } from 'vue'
import type { AnalyzedEvent } from '@/components/studio/types'
import { useSocket, type SocketMessage, type SocketState } from './useSocket'

export type { SocketState }

export interface WorkoutSocketOptions {
  onAnalyzed: (event: AnalyzedEvent) => void
  /** Called each time the socket is open, the first time too. */
  onOpen?: () => void
  connect?: (url: string) => WebSocket
}

const isAnalyzed = (message: SocketMessage): message is AnalyzedEvent =>
  message.type === 'set.analyzed' && Boolean((message as Partial<AnalyzedEvent>).set)

export function useWorkoutSocket(workoutId: Ref<string | null>, options: WorkoutSocketOptions) {
  const path = computed(() => workoutId.value && `/ws/workouts/${workoutId.value}`)
  const { state } = useSocket(path, {
    onMessage: (message) => {
      if (isAnalyzed(message)) options.onAnalyzed(message)
    },
    onOpen: options.onOpen,
    connect: options.connect,
  })
  return { state }
}
