import { defineStore } from 'pinia'
import { ref } from 'vue'
import { listNotifications, readNotifications } from '@/api/notifications'

/** How much is new, and when something has changed; `@/composables/usePersonSocket` keeps it up to date. */
export const useNotificationStore = defineStore('notifications', () => {
  const unread = ref(0)
  /** Goes up with every nudge: whoever shows something of it asks again. */
  const changes = ref(0)

  /** Called for a nudge of the socket. */
  function accept(count: number): void {
    unread.value = count
    changes.value++
  }

  /** Asks for the state: at first, and whenever nudges may have been lost. Without a network it stays as it is. */
  async function ask(): Promise<void> {
    try {
      accept((await listNotifications(undefined, 1)).unread)
    } catch {
      // The bell is no place for an error; the page of notifications says it.
    }
  }

  /** @throws ApiError */
  async function read(ids: string[] | null): Promise<void> {
    unread.value = (await readNotifications(ids)).unread
  }

  function forget(): void {
    unread.value = 0
  }

  return { unread, changes, accept, ask, read, forget }
})
