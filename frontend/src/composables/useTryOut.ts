/** Counting an exercise that is not saved yet, live, by the template of now. Kept nowhere. */
import { computed, shallowRef, type Ref } from 'vue'
import { SetCounter, type SetCount } from '@/discriminator/setCounter'
import type { Template } from '@/discriminator/ownTemplate'
import { useOwnRecording } from './useOwnRecording'
import { useSounds } from './useSounds'

export interface TryOutOptions {
  video: Ref<HTMLVideoElement | null>
  canvas: Ref<HTMLCanvasElement | null>
  template: Readonly<Ref<Template | null>>
}

/** Templates count in a few milliseconds, so no worker of its own is needed. */
export function useTryOut({ video, canvas, template }: TryOutOptions) {
  const count = shallowRef<SetCount | null>(null)
  const sounds = useSounds()
  const counter = new SetCounter(() => null)
  const watching = useOwnRecording({
    video,
    canvas,
    onFrame(frame) {
      if (!template.value) return
      const before = count.value?.rep_count ?? 0
      count.value = counter.push(frame) ?? count.value
      if ((count.value?.rep_count ?? 0) > before) sounds.play('rep')
    },
  })

  async function start(): Promise<void> {
    count.value = null
    counter.start('', template.value)
    await watching.openCamera()
  }

  return {
    count,
    watching,
    isOpen: computed(() => watching.status.value === 'ready'),
    start,
    stop: watching.close,
  }
}
