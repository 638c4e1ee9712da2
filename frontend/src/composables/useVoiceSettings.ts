/** Voice, sounds and captions, kept on this device. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import { DEFAULT_VOICE, validVoice, type VoiceSettings } from '@/voice/settings'

export const STORAGE_KEY = 'posecoach.voice'

function read(stored: string): VoiceSettings {
  try {
    return validVoice(JSON.parse(stored))
  } catch {
    return validVoice(null)
  }
}

/** Always legal, whatever was found on the device; change it by assigning another object. */
export function useVoiceSettings(): Ref<VoiceSettings> {
  return useLocalStorage<VoiceSettings>(
    STORAGE_KEY,
    { ...DEFAULT_VOICE },
    { serializer: { read, write: JSON.stringify }, shallow: true, writeDefaults: false },
  )
}
