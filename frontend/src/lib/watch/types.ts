/** What a training page and a coach's live view say to each other through the server (docs/live-view.md). */
import type { MessageTone } from '@/components/live/types'
import type { FlowState } from '@/lib/flow/events'

/** What is told of the athlete beside the skeleton. */
export interface Told {
  state: FlowState
  /** A slug, "unknown", or null while nothing is recognised. */
  exercise: string | null
  reps: number
  /** Null where repetitions are counted. */
  hold_s: number | null
  /** Repetitions, or seconds of a hold. */
  target: number | null
  rest_s: number | null
  /** What the athlete is told of the movement now. */
  cue: { tone: MessageTone; text: string } | null
}

/** x and y in 1/10000 of width and height, score in 1/255; times of capture in Unix ms by the athlete's clock. */
export interface PackedFrames {
  width_px: number
  height_px: number
  t_ms: number[]
  keypoints: number[]
}

export interface LiveBatch extends Told, PackedFrames {
  type: 'live'
  athlete: string
}

/** Why a coach sees an athlete no more: the grant, the athlete's wish for this workout, or a full class. */
export type EndReason = 'grant' | 'athlete' | 'limit'

export type ToCoach =
  | { type: 'athletes'; athletes: { id: string; name: string }[] }
  | { type: 'presence'; athlete: string; here: boolean }
  | { type: 'watching'; athlete: string }
  | LiveBatch
  | { type: 'ended'; athlete: string; reason: EndReason }
  | { type: 'cue.status'; id: string; status: 'shown' | 'not_shown'; reason: 'not_here' | 'too_often' | null }

export type ToAthlete =
  | { type: 'watchers'; watchers: Watcher[] }
  | { type: 'cue'; id: string; text: string | null; ready: string | null; coach: Watcher }

export interface Watcher {
  id: string
  name: string
}

/** Said in the athlete's language; the server knows the same list. */
export const READY_CUES = [
  'good',
  'slower',
  'faster',
  'deeper',
  'straight_back',
  'chest_up',
  'knees_out',
  'breathe',
  'last_one',
  'stop',
] as const
export type ReadyCue = (typeof READY_CUES)[number]

export const CUE_CHARACTERS = 120
/** Watched at once: a class. */
export const MOST_WATCHED = 12
