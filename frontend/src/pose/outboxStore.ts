/** Where the outbox keeps its writes: IndexedDB, so that they survive a reload and a dead battery. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Write } from './writes'

/** Why the server refused a write for good. */
export interface Refusal {
  status: number
  code: string
  message: string
}

/** `id` grows with time: it is the order of sending. A write belongs to the user who made it. */
export interface QueuedWrite extends Write {
  id: number
  user: string
  place: 'waiting' | 'parked'
  attempts: number
  refusal: Refusal | null
}

interface OutboxSchema extends DBSchema {
  writes: {
    key: number
    value: Omit<QueuedWrite, 'id'> & { id?: number }
    indexes: { byPlace: [string, QueuedWrite['place']] }
  }
}

export class OutboxStore {
  private constructor(private readonly db: IDBPDatabase<OutboxSchema>) {}

  /** Rejects when the browser keeps no data for this page. */
  static async open(name = 'posecoach-outbox'): Promise<OutboxStore> {
    const db = await openDB<OutboxSchema>(name, 1, {
      upgrade(fresh) {
        const writes = fresh.createObjectStore('writes', { keyPath: 'id', autoIncrement: true })
        writes.createIndex('byPlace', ['user', 'place'])
      },
      // A newer version of the page in another tab must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new OutboxStore(db)
  }

  async add(user: string, write: Write): Promise<number> {
    return this.db.add('writes', { ...write, user, place: 'waiting', attempts: 0, refusal: null })
  }

  /** The oldest write of this user that no refused one holds back. */
  async next(user: string): Promise<QueuedWrite | null> {
    const parked = await this.parked(user)
    const missing = new Set(parked.map(({ opens }) => opens).filter((id) => id !== undefined))
    const held = ({ opens, needs }: Write) => {
      const waits = needs.some((id) => missing.has(id))
      // What a held write would bring into being is missing as well.
      if (waits && opens) missing.add(opens)
      return waits
    }
    const { store } = this.db.transaction('writes')
    let cursor = await store.index('byPlace').openCursor(IDBKeyRange.only([user, 'waiting']))
    while (cursor && held(cursor.value)) cursor = await cursor.continue()
    return (cursor?.value as QueuedWrite | undefined) ?? null
  }

  async parked(user: string): Promise<QueuedWrite[]> {
    return (await this.db.getAllFromIndex('writes', 'byPlace', [user, 'parked'])) as QueuedWrite[]
  }

  async waiting(user: string): Promise<number> {
    return this.db.countFromIndex('writes', 'byPlace', [user, 'waiting'])
  }

  /** One of this user's writes; undefined when there is none of that number. */
  async get(user: string, id: number): Promise<QueuedWrite | undefined> {
    const write = (await this.db.get('writes', id)) as QueuedWrite | undefined
    return write?.user === user ? write : undefined
  }

  async save(write: QueuedWrite): Promise<void> {
    await this.db.put('writes', write)
  }

  async remove(id: number): Promise<void> {
    await this.db.delete('writes', id)
  }

  /** All writes of a user, wherever they stand. */
  async forget(user: string): Promise<void> {
    const { store, done } = this.db.transaction('writes', 'readwrite')
    const theirs = IDBKeyRange.bound([user], [user, []])
    const keys = await store.index('byPlace').getAllKeys(theirs)
    await Promise.all([...keys.map((key) => store.delete(key)), done])
  }

  close(): void {
    this.db.close()
  }
}
