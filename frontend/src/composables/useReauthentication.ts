/** "Is it you?": asked once for whatever the server wants to be sure about, then the work is tried again. */
import { shallowReadonly, shallowRef } from 'vue'
import { ApiError } from '@/api/client'

interface Asked {
  confirmed: () => void
  cancelled: () => void
}

const asked = shallowRef<Asked | null>(null)
/** Whatever else wants to know meanwhile hears the same answer. */
let answer: Promise<void> | null = null

function ask(): Promise<void> {
  answer ??= new Promise<void>((resolve, reject) => {
    asked.value = { confirmed: resolve, cancelled: () => reject(new ApiError('cancelled', '')) }
  }).finally(() => {
    asked.value = answer = null
  })
  return answer
}

/** `<ReauthDialog />` has to be on the page once. */
export function useReauthentication() {
  /** @throws ApiError "cancelled" where the dialog was closed. */
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'reauthentication_required')) throw error
      await ask()
      return work()
    }
  }

  return { guarded, asked: shallowReadonly(asked) }
}
