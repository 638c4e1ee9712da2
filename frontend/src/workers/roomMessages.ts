/** What the page and the room's worker say to each other. */
import type { PresenceFiles } from '@/pose/presenceFacts'
import type { RoomHead, RoomLooks } from '@/pose/room'

export type RoomKind = keyof RoomLooks

export type ToRoom =
  | { type: 'load'; files: PresenceFiles; wasmUrl: string }
  /** Answered by 'looked'; the image is closed by the worker. */
  | { type: 'look'; kind: RoomKind; image: ImageBitmap }
  /** Looks of this kind are to be taken anew. */
  | { type: 'forget'; kind: RoomKind }
  | { type: 'teach' }

export type FromRoom =
  | { type: 'ready' }
  | { type: 'looked' }
  | { type: 'epoch'; epoch: number; epochs: number; loss: number }
  | { type: 'taught'; head: RoomHead }
  | { type: 'failed'; message: string }
