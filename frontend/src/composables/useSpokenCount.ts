/** Says the count aloud, for the athlete who cannot look. Silent where the browser has no voice. */
import { onScopeDispose, watch, type Ref } from 'vue'

export interface SpokenCountOptions {
  count: Ref<number>
  enabled: Ref<boolean>
  language: Ref<string>
  synthesis?: SpeechSynthesis
}

export function useSpokenCount(options: SpokenCountOptions): {
  available: boolean
  say: (text: string) => void
} {
  const { count, enabled, language } = options
  const synthesis = options.synthesis ?? (window.speechSynthesis as SpeechSynthesis | undefined)

  function say(text: string): void {
    if (!synthesis || !enabled.value) return
    // A late number helps nobody: the newest one replaces what is still waiting.
    synthesis.cancel()
    const words = new SpeechSynthesisUtterance(text)
    words.lang = language.value
    synthesis.speak(words)
  }

  watch(count, (now, before) => {
    if (now > before) say(String(now))
  })
  watch(enabled, (wanted) => {
    if (!wanted) synthesis?.cancel()
  })
  onScopeDispose(() => synthesis?.cancel())

  return { available: synthesis !== undefined, say }
}
