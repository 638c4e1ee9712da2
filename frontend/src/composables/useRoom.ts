import { computed, onScopeDispose, readonly, ref, shallowReadonly, shallowRef, type Ref } from 'vue'
import { Shutter } from '@/pose/preprocess'
import { presenceFilesBeside } from '@/pose/presenceFacts'
import type { RoomHead } from '@/pose/room'
import { forgetRoom, keepRoom, loadRoom } from '@/pose/roomStore'
import { RoomClient } from '@/workers/roomClient'
import type { RoomKind } from '@/workers/roomMessages'

/**
 * idle → loading (the network comes) → ready ⇄ waiting (time to step aside) → recording → ready … → teaching → taught.
 * `error` says why a step did not work; it may be tried again.
 */
export type RoomStatus = 'idle' | 'loading' | 'ready' | 'waiting' | 'recording' | 'teaching' | 'taught'

/** How many pictures are taken of each kind, how far apart, and how long the athlete has to get there. */
export const LOOKS = 24
const EVERY_MS = 250
const WAIT_S = 5
/** A head that tells less of its own pictures apart would hide the athlete from PoseNet. */
const LEAST_RIGHT = 0.9

/** The recordings look too much alike: somebody was in view while the room should have been empty, say. */
export class UnclearRoom extends Error {}

export interface UseRoomOptions {
  /** Shows the camera. */
  video: Ref<HTMLVideoElement | null>
  modelsUrl?: string
  createClient?: () => Pick<RoomClient, 'load' | 'look' | 'forget' | 'teach' | 'terminate'>
  takePicture?: (video: HTMLVideoElement) => ImageBitmap | null
}

/** Teaches this device the athlete's room: records, trains, keeps and deletes. */
export function useRoom({
  video,
  modelsUrl,
  createClient = () => new RoomClient(),
  ...rest
}: UseRoomOptions) {
  const status = ref<RoomStatus>('idle')
  const counts = ref<Record<RoomKind, number>>({ empty: 0, person: 0 })
  const secondsLeft = ref(0)
  const losses = ref<number[]>([])
  const epochs = ref(1)
  const kept = shallowRef<RoomHead | null>(null)
  const error = shallowRef<unknown>(null)
  let client: ReturnType<typeof createClient> | null = null
  let shutter: Shutter | null = null
  let turn = 0

  const takePicture =
    rest.takePicture ??
    ((from: HTMLVideoElement) => (shutter ??= new Shutter(true)).take(from)?.image ?? null)

  /** What was learnt before, if anything. */
  async function recall(): Promise<void> {
    kept.value = await loadRoom().catch(() => null)
  }

  /** Makes the network ready; true when it is. */
  async function prepare(): Promise<boolean> {
    stop()
    counts.value = { empty: 0, person: 0 }
    losses.value = []
    return attempt('loading', async () => {
      const models = new URL(modelsUrl ?? `${import.meta.env.BASE_URL}models/`, location.href)
      client = createClient()
      await client.load(
        presenceFilesBeside(new URL('posenet/model.json', models).href),
        new URL('wasm/', models).href,
      )
    })
  }

  /** Waits until the athlete has stepped aside, or into the picture, then takes pictures. */
  function record(kind: RoomKind): Promise<boolean> {
    const mine = ++turn
    return attempt('waiting', async () => {
      client?.forget(kind)
      counts.value = { ...counts.value, [kind]: 0 }
      for (secondsLeft.value = WAIT_S; secondsLeft.value > 0; secondsLeft.value--) {
        await pause(1000)
        if (mine !== turn) return
      }
      status.value = 'recording'
      while (counts.value[kind] < LOOKS) {
        const next = pause(EVERY_MS)
        const image = video.value && takePicture(video.value)
        if (image && client) {
          await client.look(kind, image)
          counts.value = { ...counts.value, [kind]: counts.value[kind] + 1 }
        }
        await next
        if (mine !== turn) return
      }
    })
  }

  /** Teaches the head and keeps it on this device. */
  async function teach(): Promise<boolean> {
    losses.value = []
    const done = await attempt('teaching', async () => {
      if (!client) return
      const head = await client.teach((_, of, loss) => {
        epochs.value = of
        losses.value = [...losses.value, loss]
      })
      if (head.right < LEAST_RIGHT) {
        throw new UnclearRoom(`${head.right} of the pictures told apart, wanted ${LEAST_RIGHT}`)
      }
      await keepRoom(head)
      kept.value = head
    })
    if (done) status.value = 'taught'
    return done
  }

  /** Deletes what was learnt; answers how to take that back. */
  async function forget(): Promise<() => Promise<void>> {
    const before = kept.value
    await forgetRoom()
    kept.value = null
    if (status.value === 'taught') status.value = 'ready'
    return async () => {
      if (!before) return
      await keepRoom(before)
      kept.value = before
    }
  }

  /** Ends whatever runs; nothing that was recorded is kept. */
  function stop(): void {
    turn++
    client?.terminate()
    client = null
    status.value = 'idle'
  }

  async function attempt(doing: RoomStatus, work: () => Promise<void>): Promise<boolean> {
    const mine = turn
    error.value = null
    status.value = doing
    try {
      await work()
    } catch (reason) {
      if (mine === turn) {
        error.value = reason
        status.value = client && doing !== 'loading' ? 'ready' : 'idle'
      }
      return false
    }
    if (mine !== turn) return false
    status.value = 'ready'
    return true
  }

  onScopeDispose(stop)

  return {
    status: readonly(status),
    counts: readonly(counts),
    secondsLeft: readonly(secondsLeft),
    losses: readonly(losses),
    epochs: readonly(epochs),
    kept: shallowReadonly(kept),
    error: shallowReadonly(error),
    canTeach: computed(() => Object.values(counts.value).every((count) => count === LOOKS)),
    recall,
    prepare,
    record,
    teach,
    forget,
    stop,
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
