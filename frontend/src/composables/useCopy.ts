import { useClipboard } from '@vueuse/core'
import { useNoticeStore } from '@/stores/notices'

/** Puts a text on the clipboard, and says so. */
export function useCopy(): (text: string, said: string) => Promise<void> {
  const notices = useNoticeStore()
  const clipboard = useClipboard({ legacy: true })

  return async (text, said) => {
    await clipboard.copy(text)
    notices.say(said)
  }
}
