/** Plays films of people who come, train and go through the session flow; for tests and measurements. */
import { C, K } from '@/pose/skeleton'
import type { FlowEvent } from './events'
import { DEFAULTS, SessionFlow } from './machine'
import { needsOf } from './needs'

export interface Visit {
  exercise: string
  view: 'side' | 'front' | 'any'
  /** Of each repetition. */
  starts_s: number[]
  ends_s: number[]
  /** ms of the frames, and their poses (T, K, C). */
  tMs: number[]
  poses: Float32Array
  aspect: number
}

export interface Played {
  /** As it was seen: who waits for the countdown waits no longer than that. */
  film: Visit
  /** Spans in which a set ran, ms. */
  sets: { fromMs: number; toMs: number; why: string }[]
  events: FlowEvent[]
}

/** A count is told this long after a repetition's end. */
const TOLD_MS = 300

interface VisitsFile {
  fps: number
  aspect: number
  visits: { exercise: string; view: string; starts_s: number[]; ends_s: number[]; poses: string }[]
}

/** Visits of a file that `models/positioning.py` wrote. */
export function visitsOf({ fps, aspect, visits }: VisitsFile): Visit[] {
  return visits.map(({ poses, view, ...facts }) => {
    const bytes = Uint8Array.from(atob(poses), (c) => c.charCodeAt(0))
    const steps = new Uint16Array(bytes.buffer)
    const tMs = Array.from({ length: steps.length / (K * C) }, (_, i) => Math.round((1_000 * i) / fps))
    return {
      ...facts,
      view: view as Visit['view'],
      tMs,
      poses: Float32Array.from(steps, (s) => s / 65_535),
      aspect,
    }
  })
}

export const poseAt = ({ poses }: Visit, i: number): Float32Array =>
  poses.subarray(i * K * C, (i + 1) * K * C)

/** People begin when they are told to: this long after `go` the film goes on with the first repetition. */
const REACTION_MS = 800

/** Lets the flow see the film; of what is counted it is told the truth. `target`: repetitions, null for none. */
export function play(visit: Visit, target: number | null = null): Played {
  const { exercise, view, aspect } = visit
  const film = { ...visit }
  const played: Played = { film, sets: [], events: [] }
  let nowMs = 0
  const flow = new SessionFlow((event) => {
    played.events.push(event)
    if (event.type === 'go') {
      Object.assign(film, cut(film, nowMs + REACTION_MS))
      played.sets.push({ fromMs: nowMs, toMs: Infinity, why: 'end of film' })
    }
    const running = played.sets.at(-1)
    if (event.type === 'set_ended' && running) Object.assign(running, { toMs: nowMs, why: event.why })
  })
  flow.configure({
    ...DEFAULTS,
    needs: needsOf({ slug: exercise, view, kind: 'reps' }),
    target: target === null ? null : { kind: 'reps', value: target },
  })
  for (let i = 0; i < film.tMs.length; i++) {
    nowMs = film.tMs[i]
    if (flow.state === 'exercising') flow.count({ reps: doneBy(film, played, nowMs), holdS: 0 }, nowMs)
    flow.see(poseAt(film, i), aspect, nowMs)
  }
  return played
}

function doneBy({ ends_s }: Visit, { sets }: Played, nowMs: number): number {
  const fromMs = sets.at(-1)?.fromMs ?? 0
  return ends_s.filter((s) => 1_000 * s > fromMs && 1_000 * s + TOLD_MS <= nowMs).length
}

/** The film without what lies between a moment and shortly before the first repetition. */
function cut({ tMs, poses, starts_s, ends_s }: Visit, fromMs: number): Partial<Visit> {
  const startMs = 1_000 * starts_s[0] - 200
  const [from, to] = [tMs.findIndex((t) => t >= fromMs), tMs.findIndex((t) => t >= startMs)]
  if (from < 0 || to <= from) return {}
  const goneMs = tMs[to] - tMs[from]
  const earlier = (s: number): number => s - goneMs / 1_000
  return {
    tMs: [...tMs.slice(0, from), ...tMs.slice(to).map((t) => t - goneMs)],
    poses: Float32Array.from([...poses.subarray(0, from * K * C), ...poses.subarray(to * K * C)]),
    starts_s: starts_s.map(earlier),
    ends_s: ends_s.map(earlier),
  }
}
