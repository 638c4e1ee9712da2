import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { listThreads, type Thread } from '@/api/threads'
import { useNotificationStore } from './notifications'

const MOST = 100
const OWN = ''

/** Where comments are that were not read yet: one question a list, however many workouts it shows. */
export const useUnreadCommentStore = defineStore('unreadComments', () => {
  const threads = shallowReactive(new Map<string, readonly Thread[]>())
  const notifications = useNotificationStore()

  async function ask(of: string): Promise<void> {
    try {
      const page = await listThreads({ unread: true, limit: MOST }, of === OWN ? null : of)
      threads.set(of, page.results)
    } catch {
      threads.delete(of) // a list without its marks is better than none
    }
  }

  /** What is known of one's own, or of an athlete's; asked for when it is first wanted. */
  function unread(of: string | null): readonly Thread[] {
    const key = of ?? OWN
    const known = threads.get(key)
    if (known) return known
    threads.set(key, [])
    void ask(key)
    return []
  }

  watch(
    () => notifications.changes,
    () => threads.forEach((_, of) => void ask(of)),
  )

  return {
    ofWorkout: (workout: string, of: string | null): number =>
      unread(of)
        .filter((thread) => thread.workout === workout)
        .reduce((sum, thread) => sum + thread.unread, 0),
    ofSet: (set: string, of: string | null): number =>
      unread(of)
        .filter((thread) => thread.set === set)
        .reduce((sum, thread) => sum + thread.unread, 0),
    forget: (): void => threads.clear(),
  }
})
