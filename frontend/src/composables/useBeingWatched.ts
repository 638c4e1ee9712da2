/**
 * The athlete's side of a live view: who watches, what they are shown, and what they say.
 *
 * Nothing is gathered or sent while nobody watches, and training goes on the same with or without a connection.
 */
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, onScopeDispose, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { Packer } from '@/lib/watch/packing'
import type { ReadyCue, ToAthlete, Told, Watcher } from '@/lib/watch/types'
import type { StampedFrame } from '@/pose/frame'
import { useSocket } from './useSocket'
import { useUnwatched, type UnwatchedOptions } from './useUnwatched'
import { useVoice } from './useVoice'

export interface BeingWatchedOptions extends UnwatchedOptions {
  /** The camera is on and somebody trains before it. */
  training: Readonly<Ref<boolean>>
  onSeen: (hear: (frame: StampedFrame) => void) => void
  tell: () => Told
  connect?: (url: string) => WebSocket
}

export interface CoachSays {
  id: string
  name: string
  text: string
}

const PACKET_MS = 400
/** Long enough to be read from three metres between two repetitions. */
const SHOWN_MS = 9_000

export function useBeingWatched(options: BeingWatchedOptions) {
  const { t, te } = useI18n()
  const voice = useVoice()
  const visibility = useDocumentVisibility()
  const watchers = shallowRef<readonly Watcher[]>([])
  const said = shallowRef<CoachSays | null>(null)
  const { isPrivate, stop, allow } = useUnwatched(options)
  const heardOf = new Set<string>()
  const packer = new Packer()
  let timer: ReturnType<typeof setTimeout> | undefined

  const path = computed(() => (options.training.value ? '/ws/training' : null))
  const socket = useSocket(path, {
    onOpen: () => socket.send({ type: 'hello', private: isPrivate.value }),
    onMessage: (message) => hear(message as ToAthlete),
    connect: options.connect,
  })
  /** Whoever watches sees nothing of a page without a connection. */
  const shownTo = computed(() => (socket.state.value === 'live' && !isPrivate.value ? watchers.value : []))
  const isWatched = computed(() => shownTo.value.length > 0)

  function hear(message: ToAthlete): void {
    if (message.type === 'watchers') meet(message.watchers)
    else if (message.type === 'cue') listen(message)
  }

  /** Each is told once a visit, however often a connection comes and goes. */
  function meet(now: readonly Watcher[]): void {
    watchers.value = now
    for (const { id, name } of now) {
      if (heardOf.has(id)) continue
      heardOf.add(id)
      voice.say('note', t('watch.begins', { name }))
    }
  }

  function listen({ id, text, ready, coach }: Extract<ToAthlete, { type: 'cue' }>): void {
    const words = text ?? (ready && te(`watch.ready.${ready}`) ? t(`watch.ready.${ready as ReadyCue}`) : null)
    // What nobody can see was not shown; the coach is told so.
    if (!words || isPrivate.value || visibility.value === 'hidden') return
    said.value = { id, name: coach.name, text: words }
    clearTimeout(timer)
    timer = setTimeout(() => (said.value = null), SHOWN_MS)
    voice.say('coach', t('watch.says', { name: coach.name, text: words }))
    socket.send({ type: 'shown', id })
  }

  options.onSeen(({ pose, widthPx, heightPx, takenMs }) => {
    if (!isWatched.value || takenMs === undefined) return
    packer.push(pose, performance.timeOrigin + takenMs, { widthPx, heightPx })
  })
  const sending = useIntervalFn(
    () => socket.send({ type: 'live', ...options.tell(), ...packer.take() }),
    PACKET_MS,
    { immediate: false },
  )
  watch(isWatched, (is) => (is ? sending.resume() : sending.pause()))
  watch(isPrivate, (is) => {
    if (is) {
      said.value = null
      voice.say('note', t('watch.stopped'))
    }
    socket.send({ type: 'private', private: is })
  })
  watch(socket.state, (is) => {
    if (is !== 'live') watchers.value = []
  })
  onScopeDispose(() => clearTimeout(timer))

  return { watchers: shownTo, said: shallowReadonly(said), isPrivate, stop, allow }
}
