/** What this device keeps of one person. */
import { OutboxStore } from '@/pose/outboxStore'

/** Every key in the storage that is one person's has their address between dots, or at its end. */
const isOf =
  (user: string) =>
  (key: string): boolean =>
    `${key}.`.includes(`.${user}.`)

/** All of it goes, also what was still to be sent: there is no account any more that it could go to. */
export async function forgetPerson(user: string, storage: Storage = localStorage): Promise<void> {
  Object.keys(storage)
    .filter(isOf(user))
    .forEach((key) => storage.removeItem(key))
  const outbox = await OutboxStore.open().catch(() => null)
  await outbox?.forget(user)
  outbox?.close()
}
