/** Whose count is shown: this device's own while the set goes on, the server's once it has its last word. */
import { computed, watch, type Ref } from 'vue'
import type { SetDetail } from '@/api/types'
import type { LiveFigures } from '@/components/studio/types'
import type { SetCount } from '@/discriminator/setCounter'

export interface ServersCount {
  set: Readonly<Ref<SetDetail | null>>
  done: Readonly<Ref<boolean>>
}

export interface OwnCount {
  count: Readonly<Ref<SetCount | null>>
  final: Readonly<Ref<boolean>>
  version: Readonly<Ref<string | null>>
}

export function useShownCount(server: ServersCount, own: OwnCount) {
  const shown = computed<LiveFigures | null>(() =>
    server.done.value ? server.set.value : (own.count.value ?? server.set.value),
  )
  /** Beside the server's result only a count of the whole set is worth a word. */
  const ownResult = computed<LiveFigures | null>(() => {
    const count = own.final.value || !server.done.value ? own.count.value : null
    return count && { ...count, model_version: own.version.value ?? undefined }
  })

  watch([server.done, own.final], ([done, final]) => {
    const [here, there] = [own.count.value, server.set.value]
    if (!done || !final || !here || !there || here.rep_count === there.rep_count) return
    const counted = `${here.rep_count} repetitions here (${own.version.value})`
    console.warn(`Set ${there.id}: ${counted}, ${there.rep_count} by the server (${there.model_version})`)
  })

  return { shown, ownResult }
}
