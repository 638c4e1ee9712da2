/** How far this account has come with its guided minute on this device. */
import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { progressOf, stepFrom, type Log, type Progress, type Step } from '@/lib/firstRun'
import { useAuthStore } from '@/stores/auth'

export function useFirstRun() {
  const auth = useAuthStore()
  const log = useLocalStorage<Log>('posecoach.firstRun', {})
  const account = computed(() => auth.profile?.email ?? '')
  const progress = computed(() => progressOf(log.value, account.value))

  function keep(change: Partial<Progress>): void {
    log.value = { ...log.value, [account.value]: { ...progress.value, ...change } }
  }

  return {
    step: computed(() => progress.value.step),
    done: computed(() => progress.value.done),
    begun: computed(() => progress.value.step !== 'what'),
    goTo: (step: Step) => keep({ step, done: false }),
    move: (by: 1 | -1) => keep({ step: stepFrom(progress.value.step, by) }),
    end: () => keep({ done: true }),
  }
}
