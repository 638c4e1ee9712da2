/** Who of a coach's athletes trains now; one socket for all of the page, and none on a device that has no sockets. */
import { createSharedComposable } from '@vueuse/core'
import { computed, ref } from 'vue'
import { useCoachLive } from './useCoachLive'

function makeTrainingNow() {
  const { athletes } = useCoachLive({ wanted: ref(typeof WebSocket !== 'undefined') })
  return computed(() => athletes.value.filter(({ here }) => here))
}

export const useTrainingNow = createSharedComposable(makeTrainingNow)
