/** What is heard, in writing: the last sentence, and beside it the last sound or number. */
import { createSharedComposable } from '@vueuse/core'
import { onScopeDispose, shallowReadonly, shallowRef, type Ref } from 'vue'
import type { SoundName } from '@/voice/sounds'
import { readingMs, type SpeechKind } from '@/voice/speech'

export interface Sentence {
  kind: SpeechKind
  text: string
}

const LEAST_MS = 3_000
const SOUND_MS = 1_400

function makeCaptions() {
  const [sentence, tell] = useForAWhile<Sentence>()
  const [sound, hint] = useForAWhile<SoundName>()
  return {
    sentence,
    sound,
    /** A number replaces no sentence: it stands large on the page already. */
    said: (line: Sentence) => {
      if (line.kind !== 'count' && line.kind !== 'countdown') {
        tell(line, Math.max(LEAST_MS, readingMs(line.text)))
      }
    },
    played: (name: SoundName) => hint(name, SOUND_MS),
  }
}

/** A value that goes by itself. */
function useForAWhile<T>(): [Readonly<Ref<T | null>>, (value: T, ms: number) => void] {
  const value = shallowRef<T | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return [
    shallowReadonly(value),
    (next, ms) => {
      clearTimeout(timer)
      value.value = next
      timer = setTimeout(() => (value.value = null), ms)
    },
  ]
}

/** One for the page: whoever speaks and whoever shows it meet here. */
export const useCaptions = createSharedComposable(makeCaptions)
