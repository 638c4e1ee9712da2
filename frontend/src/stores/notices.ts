import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

export interface Notice {
  id: number
  text: string
  actionLabel: string | null
  action: (() => void) | null
}

/** Short sentences at the foot of the page, one at a time, some with an action such as undo. */
export const useNoticeStore = defineStore('notices', () => {
  const queue = ref<Notice[]>([])
  const current = computed<Notice | null>(() => queue.value[0] ?? null)
  let nextId = 1

  function push(text: string, actionLabel: string | null, action: (() => void) | null): void {
    queue.value.push({ id: nextId++, text, actionLabel, action })
  }

  const say = (text: string): void => push(text, null, null)

  /** An offer replaces what waits: the athlete can only undo what is in view. */
  function offer(text: string, actionLabel: string, action: () => void): void {
    queue.value = []
    push(text, actionLabel, action)
  }

  function dismiss(): void {
    queue.value.shift()
  }

  function act(): void {
    const action = current.value?.action
    dismiss()
    action?.()
  }

  /** What was offered to one athlete is not for the next. */
  function clear(): void {
    queue.value = []
  }

  return { queue, current, say, offer, dismiss, act, clear }
})
