/** The detector's settings, kept on this device. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import { DEFAULT_SETTINGS, validSettings, type DetectorSettings } from '@/pose/detectorSettings'

export const STORAGE_KEY = 'posecoach.detector'

function read(stored: string): DetectorSettings {
  try {
    return validSettings(JSON.parse(stored))
  } catch {
    return validSettings(null)
  }
}

/** `settings` is always legal, whatever was found on the device; change it by assigning another object. */
export function useDetectorSettings(): { settings: Ref<DetectorSettings>; reset: () => void } {
  const settings = useLocalStorage<DetectorSettings>(
    STORAGE_KEY,
    { ...DEFAULT_SETTINGS },
    { serializer: { read, write: JSON.stringify }, shallow: true, writeDefaults: false },
  )
  const reset = () => (settings.value = { ...DEFAULT_SETTINGS })
  return { settings, reset }
}
