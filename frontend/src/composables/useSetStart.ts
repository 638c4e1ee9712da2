/** How a set starts and is heard without a hand on the device: countdown, voice, keys. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCountdown } from './useCountdown'
import { useHandsFree } from './useHandsFree'
import { useSpokenCount } from './useSpokenCount'
import type { useStudio } from './useStudio'
import type { StudioSettings } from './useStudioSettings'

type Studio = Pick<ReturnType<typeof useStudio>, 'status' | 'source' | 'shown' | 'startSet' | 'finishSet'>

export function useSetStart(studio: Studio, settings: Ref<StudioSettings>) {
  const { t, locale } = useI18n()
  const { status, source, shown } = studio
  const onCamera = computed(() => source.value === 'camera')
  const counting = computed(() => status.value === 'counting')
  const startable = computed(() => onCamera.value && ['ready', 'waiting', 'done'].includes(status.value))

  const voice = useSpokenCount({
    count: computed(() => shown.value?.rep_count ?? 0),
    enabled: computed(() => settings.value.spoken && onCamera.value),
    language: locale,
  })
  const countdown = useCountdown(
    () => {
      voice.say(t('studio.ready.go'))
      void studio.startSet()
    },
    (left) => voice.say(String(left)),
  )

  function start(): void {
    if (startable.value) countdown.start(settings.value.countdownS)
  }

  function onKey(): void {
    if (countdown.left.value !== null) countdown.cancel()
    else if (counting.value && onCamera.value) void studio.finishSet()
    else start()
  }

  useHandsFree({ counting, onKey })

  return { left: countdown.left, cancel: countdown.cancel, start, voiceAvailable: voice.available }
}
