/** The movement that did not count, when it is worth a word: from this device's own look, else from the server's. */
import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { Attempt } from '@/api/types'
import type { SetCount } from '@/discriminator/setCounter'
import { AttemptWatch, type LiveAttempt } from '@/lib/attempts'

export interface AttemptsOptions {
  setId: Readonly<Ref<string | null>>
  own: Readonly<Ref<SetCount | null>>
  server: Readonly<Ref<Attempt | null>>
}

/** Another object for every attempt that is to be told; null between sets. */
export function useAttempts({ setId, own, server }: AttemptsOptions): Readonly<Ref<LiveAttempt | null>> {
  const told = shallowRef<LiveAttempt | null>(null)
  let attempts = new AttemptWatch()

  watch(setId, () => {
    attempts = new AttemptWatch()
    told.value = null
  })
  watch(own, (look) => {
    if (look) told.value = attempts.push(look.last_attempt, look.analyzed_to_ms) ?? told.value
  })
  watch(server, (attempt) => {
    // The own look is nearer to the movement; without it one word of the server must do.
    if (own.value || !attempt) return
    told.value = attempts.push(attempt, attempt.end_ms, true) ?? told.value
  })
  return shallowReadonly(told)
}
