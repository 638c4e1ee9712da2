/** What is heard while exercising: every repetition, and the one message about the movement. */
import { watch, type Ref } from 'vue'
import type { LiveMessage } from '@/components/live/types'
import { useFormat } from './useFormat'
import { useSounds } from './useSounds'
import { useVoice } from './useVoice'

export interface TellingOptions {
  /** A set is running and somebody is there to listen: a file is read in silence. */
  listening: Readonly<Ref<boolean>>
  count: Readonly<Ref<number>>
  message: Readonly<Ref<LiveMessage | null>>
}

export function useTelling({ listening, count, message }: TellingOptions): void {
  const voice = useVoice()
  const sounds = useSounds()
  const { number } = useFormat()

  watch(count, (now, before) => {
    if (!listening.value || now <= before) return
    sounds.play('rep')
    voice.say('count', number(now))
  })
  watch(message, (now) => {
    if (!listening.value || !now) return
    if (now.tone === 'attempt') sounds.play('attempt')
    voice.say(now.tone, now.text)
  })
}
