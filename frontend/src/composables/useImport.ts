import { computed, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue'
import {
  checkImport,
  discardImport,
  getImport,
  listImports,
  openImport,
  PART_BYTES,
  putPart,
  startImport,
  undoImport,
  type Import,
  type WeightUnit,
} from '@/api/portable'

const LOOK_EVERY_MS = 1000
const BUSY = new Set<string>(['checking', 'reading', 'undoing'])

interface ImportFlow {
  /** What the server says of the newest import, or null. */
  report: Ref<Import | null>
  error: Ref<unknown>
  /** Share of the file that has been sent, while it is. */
  sent: Ref<number | null>
  /** Share of the step that the server is at, while it is. */
  progress: ComputedRef<number | null>
  /** Takes up an import that was under way when the page was left. */
  resume: () => Promise<void>
  send: (file: File, unit: WeightUnit) => Promise<void>
  /** Goes on after a failure with what is left to send, or looks again. */
  retry: () => Promise<void>
  start: (withProfile: boolean) => Promise<void>
  undo: () => Promise<void>
  discard: () => Promise<void>
}

/** Sends a file in parts, has it checked and read, and follows the server until it is done. */
export function useImport(): ImportFlow {
  const report = ref<Import | null>(null)
  const error = ref<unknown>(null)
  const sent = ref<number | null>(null)
  let pending: { id: string; file: File; unit: WeightUnit; next: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  const progress = computed(() => {
    const now = report.value
    if (!now || !BUSY.has(now.state)) return null
    return now.total ? now.done / now.total : 0
  })

  async function attempt(act: () => Promise<void>): Promise<void> {
    error.value = null
    try {
      await act()
    } catch (failure) {
      error.value = failure
    }
  }

  function follow(told: Import): void {
    report.value = told
    clearTimeout(timer)
    if (left || !BUSY.has(told.state)) return
    timer = setTimeout(() => void attempt(async () => follow(await getImport(told.id))), LOOK_EVERY_MS)
  }

  async function sendRest(): Promise<void> {
    if (!pending) return
    const { id, file, unit } = pending
    await openImport(id, { name: file.name.slice(-200), bytes: file.size, weight_unit: unit })
    for (; pending.next * PART_BYTES < file.size; pending.next++) {
      if (left) return
      sent.value = (pending.next * PART_BYTES) / file.size
      const from = pending.next * PART_BYTES
      await putPart(id, pending.next, file.slice(from, from + PART_BYTES))
    }
    sent.value = 1
    const told = await checkImport(id)
    pending = null
    sent.value = null
    follow(told)
  }

  onScopeDispose(() => {
    left = true
    clearTimeout(timer)
  })

  return {
    report,
    error,
    sent,
    progress,
    resume: () =>
      attempt(async () => {
        const [newest] = await listImports()
        if (newest && newest.state !== 'receiving') follow(newest)
      }),
    send: (file, unit) => {
      pending = { id: crypto.randomUUID(), file, unit, next: 0 }
      report.value = null
      return attempt(sendRest)
    },
    retry: () =>
      attempt(async () => {
        if (pending) await sendRest()
        else if (report.value) follow(await getImport(report.value.id))
      }),
    start: (withProfile) =>
      attempt(async () => {
        if (report.value) follow(await startImport(report.value.id, withProfile))
      }),
    undo: () =>
      attempt(async () => {
        if (report.value) follow(await undoImport(report.value.id))
      }),
    discard: () =>
      attempt(async () => {
        if (report.value && !pending) await discardImport(report.value.id)
        pending = null
        sent.value = null
        report.value = null
      }),
  }
}
