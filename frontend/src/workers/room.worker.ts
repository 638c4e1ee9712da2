/** The room's worker: looks at pictures of the athlete's room and teaches its head. Nothing of them leaves it. */
import { openBackend } from '@/pose/backend'
import { WHOLE_PX, type Look, type PresenceNet } from '@/pose/presence'
import { loadPresence } from '@/pose/presenceWatch'
import { teachRoom } from '@/pose/room'
import type { FromRoom, RoomKind, ToRoom } from './roomMessages'

/** The part of DedicatedWorkerGlobalScope that is used: its types clash with the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToRoom>) => void) | null
  postMessage(message: FromRoom): void
}
const scope = self as unknown as WorkerScope

let net: PresenceNet | null = null
const looks: Record<RoomKind, Look[]> = { empty: [], person: [] }

scope.onmessage = ({ data }) => {
  if (data.type === 'forget') looks[data.kind] = []
  else void answer(data)
}

async function answer(order: Exclude<ToRoom, { type: 'forget' }>): Promise<void> {
  try {
    scope.postMessage(await carryOut(order))
  } catch (error) {
    scope.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

async function carryOut(order: Exclude<ToRoom, { type: 'forget' }>): Promise<FromRoom> {
  switch (order.type) {
    case 'load':
      await openBackend('wasm', order.wasmUrl)
      net = await loadPresence(order.files, true)
      return { type: 'ready' }
    case 'look':
      try {
        if (net) looks[order.kind].push(await net.look(order.image, WHOLE_PX))
      } finally {
        order.image.close()
      }
      return { type: 'looked' }
    case 'teach': {
      const head = await teachRoom(looks, (epoch, epochs, loss) =>
        scope.postMessage({ type: 'epoch', epoch, epochs, loss }),
      )
      return { type: 'taught', head }
    }
  }
}
