/**
 * The page's one voice. Say a thing with its kind: the kind decides how urgent it is, when it is stale, and from which
 * verbosity on it is said (`voice/speech.ts`). Whoever calls needs to know neither voices nor settings.
 */
import { createSharedComposable, useDocumentVisibility } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import { currentLanguage } from '@/i18n'
import { Speaker } from '@/voice/speaker'
import { admits, type SpeechKind } from '@/voice/speech'
import { useCaptions } from './useCaptions'
import { speechLanguage, useVoices } from './useVoices'
import { useVoiceSettings } from './useVoiceSettings'

function makeVoice() {
  const settings = useVoiceSettings()
  const captions = useCaptions()
  const { synthesis, voice } = useVoices()
  const isAloud = computed(() => settings.value.verbosity !== 'silent' && settings.value.volume > 0)
  const speaker = new Speaker({
    synthesis,
    manner: () =>
      isAloud.value
        ? {
            volume: settings.value.volume,
            language: speechLanguage(currentLanguage()),
            voice: voice.value,
          }
        : null,
    onLine: captions.said,
  })

  function say(kind: SpeechKind, text: string): void {
    if (admits(settings.value.verbosity, kind)) speaker.say(kind, text)
  }

  watch(isAloud, (aloud) => {
    if (!aloud) speaker.hush()
  })
  const visibility = useDocumentVisibility()
  watch(visibility, (now) => {
    if (now === 'hidden') speaker.hush()
  })
  onScopeDispose(() => speaker.hush())

  return {
    say,
    /** While paused nothing about movements is said; guidance and notes are. */
    pause: () => speaker.pause(),
    resume: () => speaker.resume(),
    hush: () => speaker.hush(),
  }
}

export const useVoice = createSharedComposable(makeVoice)
