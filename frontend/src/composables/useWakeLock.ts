import { useDocumentVisibility } from '@vueuse/core'
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

type Lock = Pick<WakeLockSentinel, 'release'>

export interface WakeLockOptions {
  /** Absent in browsers that let no page keep the screen on. */
  wakeLock?: { request: (type: 'screen') => Promise<Lock> }
}

/**
 * Keeps the screen on while `wanted`, so that nobody has to touch the device in the middle of a set.
 *
 * Browsers take the lock away with the page out of sight; it is asked for anew when the page is back.
 * `refused` is true where the browser does not give it: then the device's own setting decides.
 */
export function useWakeLock(
  wanted: Readonly<Ref<boolean>>,
  { wakeLock = navigator.wakeLock as WakeLockOptions['wakeLock'] }: WakeLockOptions = {},
) {
  const refused = ref(false)
  const visibility = useDocumentVisibility()
  let lock: Promise<Lock | null> = Promise.resolve(null)

  async function ask(): Promise<Lock | null> {
    try {
      const given = (await wakeLock?.request('screen')) ?? null
      refused.value = given === null
      return given
    } catch {
      // Low on battery, or forbidden by the browser's settings.
      refused.value = true
      return null
    }
  }

  function letGo(): void {
    void lock.then((held) => held?.release())
    lock = Promise.resolve(null)
  }

  watch(
    () => wanted.value && visibility.value === 'visible',
    (hold) => {
      letGo()
      if (hold) lock = ask()
      else if (!wanted.value) refused.value = false
    },
    { immediate: true },
  )
  onScopeDispose(letGo)

  return { refused: readonly(refused) }
}
