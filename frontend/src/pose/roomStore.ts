/** The room's own head, kept in this browser alone (IndexedDB); there is at most one. */
import { openDB, type IDBPDatabase } from 'idb'
import { EMBEDDING_SIZE } from './presenceFacts'
import type { RoomHead } from './room'

const DATABASE = 'posecoach-room'
const STORE = 'heads'
const KEY = 'room'

function open(): Promise<IDBPDatabase> {
  return openDB(DATABASE, 1, { upgrade: (db) => void db.createObjectStore(STORE) })
}

/** The head of the room; null where there is none, or none that fits this version. */
export async function loadRoom(): Promise<RoomHead | null> {
  const db = await open()
  const head = (await db.get(STORE, KEY)) as RoomHead | undefined
  db.close()
  return head?.weights.length === EMBEDDING_SIZE + 2 ? head : null
}

export async function keepRoom(head: RoomHead): Promise<void> {
  const db = await open()
  await db.put(STORE, head, KEY)
  db.close()
}

/** Deletes the head; nothing of the room stays. */
export async function forgetRoom(): Promise<void> {
  const db = await open()
  await db.delete(STORE, KEY)
  db.close()
}
