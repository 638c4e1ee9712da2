/** Small choices of the training page, remembered on this device. */
import { useLocalStorage } from '@vueuse/core'
import type { Targets } from '@/lib/flow/targets'

export interface StudioSettings {
  exercise: string | null
  countdownS: 0 | 3 | 10
  cameraId: string | null
  /** Whether stillness and raised hands start and end sets. */
  handsFree: boolean
  /** Between two sets; 0: none. */
  restS: number
  targets: Targets
}

export const COUNTDOWNS_S = [0, 3, 10] as const
export const RESTS_S = [0, 30, 60, 90, 120, 180] as const

export function useStudioSettings() {
  return useLocalStorage<StudioSettings>(
    'posecoach.studio',
    {
      exercise: null,
      countdownS: 3,
      cameraId: null,
      handsFree: true,
      restS: 60,
      targets: {},
    },
    { mergeDefaults: true },
  )
}
