/** The one thing that is shown and said about the last movements; it goes by itself. */
import { onScopeDispose, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LiveMessage } from '@/components/live/types'
import { shortfall, type LiveAttempt } from '@/lib/attempts'
import { wayOf } from '@/lib/movement'

/** Long enough to be read on the way up. */
const SHOWN_MS = 6_000

export interface LiveMessageOptions {
  exercise: Readonly<Ref<string | null>>
  /** The joint that drives the exercise, without left or right. */
  joint: Readonly<Ref<string | null>>
  attempt: Readonly<Ref<LiveAttempt | null>>
  cue: Readonly<Ref<LiveMessage | null>>
  counting: Readonly<Ref<boolean>>
}

export function useLiveMessage({ exercise, joint, attempt, cue, counting }: LiveMessageOptions) {
  const { t, te } = useI18n()
  const message = shallowRef<LiveMessage | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(next: LiveMessage | null): void {
    clearTimeout(timer)
    message.value = next
    if (next) timer = setTimeout(() => (message.value = null), SHOWN_MS)
  }

  function reasonOf(one: LiveAttempt): string {
    const degrees = shortfall(one)
    if (degrees) return t(`live.short.${wayOf(exercise.value)}`, degrees)
    const key = `live.attempt.${one.reason}`
    return te(key) ? t(key) : (one.message ?? t('studio.live.attempt'))
  }

  watch(attempt, (one) => {
    if (one) show({ tone: 'attempt', text: reasonOf(one), joint: shortfall(one) && joint.value })
  })
  watch(cue, (one) => {
    if (one) show(one)
  })
  watch(counting, () => show(null))
  onScopeDispose(() => clearTimeout(timer))

  return shallowReadonly(message)
}
