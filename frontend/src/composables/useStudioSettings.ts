/** Small choices of the training page, remembered on this device. */
import { useLocalStorage } from '@vueuse/core'

export interface StudioSettings {
  exercise: string | null
  countdownS: 0 | 3 | 10
  spoken: boolean
  cameraId: string | null
}

export const COUNTDOWNS_S = [0, 3, 10] as const

export function useStudioSettings() {
  return useLocalStorage<StudioSettings>(
    'posecoach.studio',
    { exercise: null, countdownS: 3, spoken: true, cameraId: null },
    { mergeDefaults: true },
  )
}
