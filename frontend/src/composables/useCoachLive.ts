/**
 * A coach's live view: who of the athletes trains now, and what those do who are watched.
 *
 * Nothing of it is kept: a tile that has ended has no picture any more.
 */
import { computed, ref, shallowReactive, type Ref } from 'vue'
import { PlayOut } from '@/lib/watch/playOut'
import { unpacked } from '@/lib/watch/packing'
import { MOST_WATCHED, type EndReason, type LiveBatch, type ReadyCue, type ToCoach } from '@/lib/watch/types'
import { FORBIDDEN, SIGNED_OUT, useSocket } from './useSocket'

export interface Athlete {
  id: string
  name: string
  here: boolean
}

export type CueStatus = 'sending' | 'shown' | 'not_here' | 'too_often' | 'lost'

export interface SentCue {
  id: string
  text: string | null
  ready: ReadyCue | null
  status: CueStatus
}

/** asking: of the server. away: not training now. */
export interface Tile {
  id: string
  name: string
  state: 'asking' | 'away' | 'live' | 'ended'
  reason: EndReason | null
  /** What was told last; null before, and once it has ended. */
  told: LiveBatch | null
  heardMs: number
  cue: SentCue | null
  readonly playOut: PlayOut
}

export interface CoachLiveOptions {
  /** Off while nobody needs to know who trains. */
  wanted?: Readonly<Ref<boolean>>
  connect?: (url: string) => WebSocket
  now?: () => number
}

/** What was not acknowledged by then was not heard; should it still be, that is told, too. */
const CUE_LIMIT_MS = 6_000

export function useCoachLive({
  wanted = ref(true),
  connect,
  now = () => performance.now(),
}: CoachLiveOptions = {}) {
  const names = shallowReactive(new Map<string, string>())
  const here = shallowReactive(new Set<string>())
  const tiles = shallowReactive(new Map<string, Tile>())
  /** Whether the server has said whom there is to see. */
  const isKnown = ref(false)

  const socket = useSocket(
    computed(() => (wanted.value ? '/ws/coach/live' : null)),
    {
      onOpen: rejoin,
      onMessage: (message) => hear(message as ToCoach),
      final: [SIGNED_OUT, FORBIDDEN],
      connect,
    },
  )

  const athletes = computed<Athlete[]>(() =>
    [...names].map(([id, name]) => ({ id, name, here: here.has(id) })),
  )
  const watched = computed(() => [...tiles.values()])

  function rejoin(): void {
    here.clear()
    isKnown.value = false
    for (const tile of tiles.values()) if (tile.state !== 'ended') begin(tile)
  }

  function hear(message: ToCoach): void {
    if (message.type === 'athletes') return meet(message.athletes)
    if (message.type === 'cue.status') return note(message.id, message.reason ?? 'shown')
    const tile = tiles.get(message.athlete)
    if (message.type === 'presence') {
      if (message.here) here.add(message.athlete)
      else here.delete(message.athlete)
      if (tile && tile.state !== 'ended' && !message.here) leave(tile)
    } else if (tile && message.type === 'watching') {
      tile.state = 'live'
      tile.heardMs = now()
    } else if (tile && message.type === 'live') show(tile, message)
    else if (tile && message.type === 'ended') end(tile, message.reason)
  }

  function meet(all: readonly { id: string; name: string }[]): void {
    isKnown.value = true
    names.clear()
    for (const { id, name } of all) {
      names.set(id, name)
      const tile = tiles.get(id)
      if (!tile) continue
      tile.name = name
      // Who does train says so next.
      if (tile.state === 'asking' && !here.has(id)) tile.state = 'away'
    }
    for (const id of here) if (!names.has(id)) here.delete(id)
  }

  function show(tile: Tile, batch: LiveBatch): void {
    if (tile.state === 'ended') return
    tile.state = 'live'
    tile.told = batch
    tile.heardMs = now()
    tile.playOut.push(unpacked(batch), now())
  }

  function leave(tile: Tile): void {
    tile.state = 'away'
    tile.told = null
    tile.playOut.clear()
  }

  function end(tile: Tile, reason: EndReason): void {
    leave(tile)
    tile.state = 'ended'
    tile.reason = reason
    tile.cue = null
  }

  function begin(tile: Tile): void {
    if (tile.state === 'ended') tile.reason = null
    if (!here.has(tile.id)) leave(tile)
    tile.state = here.has(tile.id) || !isKnown.value ? 'asking' : 'away'
    socket.send({ type: 'watch', athlete: tile.id })
  }

  /** Answers whether there was room. */
  function watch(id: string): boolean {
    const tile = tiles.get(id)
    if (tile) {
      if (tile.state === 'ended') begin(tile)
      return true
    }
    if (tiles.size >= MOST_WATCHED) return false
    const fresh = shallowReactive<Tile>({
      id,
      name: names.get(id) ?? '',
      state: 'asking',
      reason: null,
      told: null,
      heardMs: now(),
      cue: null,
      playOut: new PlayOut(),
    })
    tiles.set(id, fresh)
    begin(fresh)
    return true
  }

  function unwatch(id: string): void {
    tiles.delete(id)
    socket.send({ type: 'unwatch', athlete: id })
  }

  function say(
    athlete: string,
    { text = null, ready = null }: { text?: string | null; ready?: ReadyCue | null },
  ): void {
    const tile = tiles.get(athlete)
    if (!tile) return
    const id = crypto.randomUUID()
    tile.cue = { id, text, ready, status: 'sending' }
    if (!socket.send({ type: 'cue', athlete, id, text, ready })) return note(id, 'lost')
    setTimeout(() => tile.cue?.status === 'sending' && note(id, 'lost'), CUE_LIMIT_MS)
  }

  function note(id: string, status: CueStatus): void {
    for (const tile of tiles.values()) if (tile.cue?.id === id) tile.cue = { ...tile.cue, status }
  }

  return {
    state: socket.state,
    refusedWith: socket.refusedWith,
    isKnown,
    athletes,
    tiles: watched,
    watch,
    unwatch,
    say,
  }
}
