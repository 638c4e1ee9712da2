/** What stands in the way of training, as notices in order of urgency. */
import { useOnline } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import type { Connection, Notice, NoticeAction } from '@/components/studio/types'
import { useOutboxStore } from '@/stores/outbox'
import { useHardToSee } from './useHardToSee'
import { useHiddenTime } from './useHiddenTime'
import type { useStudio } from './useStudio'
import type { useStudioExit } from './useStudioExit'
import { useWakeLock } from './useWakeLock'

type Studio = Pick<
  ReturnType<typeof useStudio>,
  'status' | 'source' | 'camera' | 'file' | 'loop' | 'recorder' | 'openCamera'
>

type Exit = Pick<ReturnType<typeof useStudioExit>, 'kept' | 'signIn' | 'yourData' | 'home' | 'reload'>

export function useStudioNotices(studio: Studio, exit: Exit) {
  const outbox = useOutboxStore()
  const online = useOnline()
  const counting = computed(() => studio.status.value === 'counting')

  const onCamera = computed(() => studio.source.value === 'camera')
  /** Between sets too: nobody comes back from a rest to a dark screen that sees nothing. */
  const trains = computed(
    () => counting.value || (onCamera.value && ['ready', 'waiting', 'done'].includes(studio.status.value)),
  )
  const { refused: screenMayDim } = useWakeLock(trains)
  const hindrance = useHardToSee(studio.loop.conditions)
  const hiddenS = useHiddenTime(computed(() => counting.value && onCamera.value))

  /** What can be done about an error of this code. */
  function remedies(code: string): NoticeAction[] {
    if (code.startsWith('camera_')) return [{ key: 'try_again', run: () => void studio.openCamera() }]
    if (code.startsWith('video_')) return []
    return [{ key: 'reload', run: exit.reload }]
  }

  const errorNotices = computed<Notice[]>(() => {
    const { camera, file, loop, source } = studio
    const fromSource = source.value === 'camera' ? camera.error.value : file.error.value
    const codes = [fromSource, loop.error.value].flatMap((error) => error?.code ?? [])
    return [...new Set(codes)].map((key) => ({ key, tone: 'warning', actions: remedies(key) }))
  })

  /** Told before a set and out of the way of the athlete; the bar goes on naming the engine. */
  const tellsEngine = computed(() => {
    const { status, source } = studio
    if (status.value === 'counting') return source.value === 'video'
    return ['loading', 'ready'].includes(status.value)
  })

  const engineNotices = computed<Notice[]>(() => {
    const { notice, hasChanged } = studio.loop
    const notices: Notice[] =
      notice.value && tellsEngine.value ? [{ key: notice.value.code, tone: 'info' }] : []
    if (hasChanged.value) notices.push({ key: 'estimator_changed', tone: 'info' })
    if (studio.loop.hasRestarted.value) notices.push({ key: 'worker_restarted', tone: 'info' })
    return notices
  })

  /** What makes the athlete hard to see, and what was not seen. */
  const sightNotices = computed<Notice[]>(() => {
    const notices: Notice[] = []
    const sees = onCamera.value && ['ready', 'counting'].includes(studio.status.value)
    if (sees && hindrance.value) notices.push({ key: hindrance.value, tone: 'info' })
    if (counting.value && hiddenS.value > 0) {
      notices.push({ key: 'hidden', tone: 'info', values: { s: hiddenS.value } })
    }
    if (counting.value && screenMayDim.value) notices.push({ key: 'screen_may_dim', tone: 'info' })
    return notices
  })

  const sendingNotices = computed<Notice[]>(() => {
    const { status, parked, pending } = outbox.state
    const notices: Notice[] = []
    if (status === 'signed_out') {
      const action = { key: 'sign_in', run: exit.signIn }
      notices.push({ key: 'signed_out', tone: 'warning', actions: [action] })
    } else if (!online.value || (status === 'waiting' && pending > 0)) {
      notices.push({ key: 'offline', tone: 'info' })
    }
    const refused = parked[0]
    if (refused) {
      notices.push({
        key: 'parked',
        tone: 'warning',
        detail: refused.message,
        actions: [
          ...(refused.code === 'consent_withdrawn' ? [{ key: 'your_data', run: exit.yourData }] : []),
          { key: 'try_again', run: () => parked.forEach(({ id }) => void outbox.retry(id)) },
          { key: 'give_up', run: () => parked.forEach(({ id }) => void outbox.discard(id)) },
        ],
      })
    }
    if (studio.recorder.failure.value) notices.push({ key: 'storage', tone: 'warning' })
    if (exit.kept.value) {
      notices.push({ key: 'kept', tone: 'info', actions: [{ key: 'home', run: exit.home }] })
    }
    return notices
  })

  const notices: ComputedRef<Notice[]> = computed(() => [
    ...errorNotices.value,
    ...engineNotices.value,
    ...sightNotices.value,
    ...sendingNotices.value,
  ])

  const connection = computed<Connection | null>(() => {
    if (['choosing', 'loading', 'failed'].includes(studio.status.value)) return null
    const { status, pending, parked } = outbox.state
    if (!online.value || status === 'waiting' || status === 'signed_out' || parked.length) return 'saving'
    return !counting.value && pending === 0 && studio.recorder.setId.value ? 'sent' : 'live'
  })

  return { notices, connection }
}
