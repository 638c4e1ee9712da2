/** Counts whole seconds down to zero and then calls back; can be called off at any time. */
import { onScopeDispose, readonly, ref } from 'vue'

export function useCountdown(onEnd: () => void, onTick: (left: number) => void = () => undefined) {
  const left = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  function cancel(): void {
    clearInterval(timer)
    left.value = null
  }

  function tick(): void {
    if (left.value === null) return
    left.value -= 1
    if (left.value > 0) {
      onTick(left.value)
      return
    }
    cancel()
    onEnd()
  }

  /** With 0 seconds the end comes at once. */
  function start(seconds: number): void {
    cancel()
    if (seconds <= 0) {
      onEnd()
      return
    }
    left.value = seconds
    onTick(seconds)
    timer = setInterval(tick, 1000)
  }

  onScopeDispose(cancel)
  return { left: readonly(left), start, cancel }
}
