/** The voices of this device that speak the page's language, and the one that is used. */
import { useEventListener } from '@vueuse/core'
import { computed, shallowRef } from 'vue'
import type { Language } from '@/api/types'
import { currentLanguage, LANGUAGES } from '@/i18n'
import { useVoiceSettings } from './useVoiceSettings'

/** The tag that a voice is asked for with: without a region a browser may take Cantonese for Chinese. */
export const speechLanguage = (language: Language): string => LANGUAGES[language].locale

/** Those of this language, the region's own first; some devices write "de_DE". */
export function voicesFor(
  all: readonly SpeechSynthesisVoice[],
  language: Language,
): readonly SpeechSynthesisVoice[] {
  const tag = ({ lang }: SpeechSynthesisVoice): string => lang.replace('_', '-').toLowerCase()
  const region = speechLanguage(language).toLowerCase()
  const isOwn = (voice: SpeechSynthesisVoice): boolean => tag(voice) === region
  return all
    .filter((voice) => tag(voice).split('-')[0] === language)
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
}

export function useVoices() {
  const settings = useVoiceSettings()
  const synthesis = (globalThis.speechSynthesis as SpeechSynthesis | undefined) ?? null
  const all = shallowRef<readonly SpeechSynthesisVoice[]>([])
  const read = () => (all.value = synthesis?.getVoices?.() ?? [])
  read()
  // Most browsers know their voices only after a while.
  if (synthesis?.addEventListener) useEventListener(synthesis, 'voiceschanged', read)

  const language = computed(currentLanguage)
  const voices = computed(() => voicesFor(all.value, language.value))
  const voice = computed(() => {
    const chosen = settings.value.voices[language.value]
    return voices.value.find(({ voiceURI }) => voiceURI === chosen) ?? voices.value[0] ?? null
  })
  return { synthesis, voices, voice, language }
}
