/** The page's sounds, as loud as the athlete wants them, and each with its caption. */
import { createSharedComposable } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import { Sounds, type SoundName } from '@/voice/sounds'
import { useCaptions } from './useCaptions'
import { useVoiceSettings } from './useVoiceSettings'

function makeSounds() {
  const settings = useVoiceSettings()
  const captions = useCaptions()
  const sounds = new Sounds({ volume: () => settings.value.soundVolume })
  onScopeDispose(() => sounds.close())

  function play(name: SoundName): void {
    captions.played(name)
    void sounds.play(name)
  }

  return { play }
}

export const useSounds = createSharedComposable(makeSounds)
