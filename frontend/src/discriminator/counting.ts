/**
 * From phase and activity at every sample to whole cycles: the browser's copy of `models/counting.py`.
 *
 * The most likely path through 16 phases and idle is found by Viterbi. Constants and ties are as there.
 */
import { clamp, mean } from './numbers'

export const BINS = 16
const IDLE = BINS
/** Bins a sample: a cycle in fewer than three samples cannot be followed. */
const MAX_ADVANCE = 6
const ENTER = 2
const EXIT = 1
const COMPLETE = 0.85
/** Samples of idling at the end of a set that goes on may be a mistake. */
const LULL = 4
const NOTABLE = 0.4
const BIN_ANGLE = Array.from({ length: BINS }, (_, bin) => ((bin + 0.5) * 2 * Math.PI) / BINS)

/** What the network says about N evenly spaced samples. */
export interface Phases {
  /** (N,) cosine and sine of the phase, shorter than 1 where it is unsure. */
  cos: Float64Array
  sin: Float64Array
  /** (N,) logit of being inside a repetition. */
  activity: Float64Array
  /** (N,) log of cycles a sample. */
  logFrequency: Float64Array
}

/** A span of samples, [start, end) in fractional sample indices, and the part of a cycle it covers. */
export interface Cycle {
  start: number
  end: number
  progress: number
}

export const isWhole = ({ progress }: Cycle): boolean => progress >= COMPLETE

/** (N,) bins, -1 where idle. */
export type Path = Int16Array

/**
 * Whole cycles of a decoded path in order of time, and incomplete ones worth a word.
 *
 * `isOpen`: the movement goes on after the path, so what is under way at its end is not yet an incomplete cycle.
 */
export function cycles(path: Path, isOpen = false): Cycle[] {
  return segments(path).flatMap(([start, end]) => {
    const underWay = isOpen && path.length - end <= LULL
    return split(start, path.subarray(start, end), !underWay)
  })
}

/** Most likely bin of each sample. */
export function decode(phases: Phases): Path {
  const count = phases.activity.length
  if (!count) return new Int16Array(0)
  /** State that each bin was reached from, and the bin that was left for idling, at every sample. */
  const from = new Int8Array(count * BINS)
  const exits = new Int8Array(count).fill(IDLE)
  let score = Float64Array.from({ length: BINS }, (_, bin) => fit(phases, 0, bin) - ENTER)
  let resting = -half(phases, 0)
  const costs = new Float64Array(MAX_ADVANCE + 1)
  for (let t = 1; t < count; t++) {
    moveCosts(phases.logFrequency[t], costs)
    const next = new Float64Array(BINS)
    for (let bin = 0; bin < BINS; bin++) {
      let best = -Infinity
      for (let advance = 0; advance <= MAX_ADVANCE; advance++) {
        const source = (bin - advance + BINS) % BINS
        const value = score[source] - costs[advance]
        if (value > best) {
          best = value
          from[t * BINS + bin] = source
        }
      }
      if (resting - ENTER > best) {
        best = resting - ENTER
        from[t * BINS + bin] = IDLE
      }
      next[bin] = best + fit(phases, t, bin)
    }
    const last = firstGreatest(score)
    const leaving = score[last] - EXIT
    if (leaving > resting) exits[t] = last
    resting = Math.max(resting, leaving) - half(phases, t)
    score = next
  }
  const last = firstGreatest(score)
  return trace(from, exits, score[last] - EXIT >= resting ? last : IDLE)
}

const half = ({ activity }: Phases, t: number): number => clamp(activity[t], -4, 4) / 2

/** How well sample t fits a phase. */
function fit(phases: Phases, t: number, bin: number): number {
  const along = phases.cos[t] * Math.cos(BIN_ANGLE[bin]) + phases.sin[t] * Math.sin(BIN_ANGLE[bin])
  return 2 * along + half(phases, t)
}

function firstGreatest(score: Float64Array): number {
  let best = 0
  for (let bin = 1; bin < BINS; bin++) if (score[bin] > score[best]) best = bin
  return best
}

/** How far each advance is from the predicted frequency. */
function moveCosts(logFrequency: number, costs: Float64Array): void {
  const expected = clamp(BINS * Math.exp(logFrequency), 0, MAX_ADVANCE)
  for (let advance = 0; advance <= MAX_ADVANCE; advance++) {
    costs[advance] = 0.5 * ((advance - expected) / (0.7 + 0.5 * expected)) ** 2
  }
}

/** The path that ends in `state`, followed back. */
function trace(from: Int8Array, exits: Int8Array, state: number): Path {
  const path = new Int16Array(exits.length)
  for (let t = exits.length - 1; t >= 0; t--) {
    path[t] = state === IDLE ? -1 : state
    state = state === IDLE ? exits[t] : from[t * BINS + state]
  }
  return path
}

/** Start and end of each run that is not idle. */
function segments(path: Path): [number, number][] {
  const found: [number, number][] = []
  let start = -1
  for (let t = 0; t <= path.length; t++) {
    const active = t < path.length && path[t] >= 0
    if (active && start < 0) start = t
    if (!active && start >= 0) {
      found.push([start, t])
      start = -1
    }
  }
  return found
}

/** Cut a run of bins at each whole turn since its start; `rest`: with what is left over. */
function split(start: number, path: Path, rest: boolean): Cycle[] {
  const steps = Array.from(path.subarray(1), (bin, i) => ((bin - path[i] + BINS) % BINS) / BINS)
  const own = steps.length ? Math.max(mean(steps), 1 / BINS) : 1 / BINS
  const progress = [0]
  for (const step of steps) progress.push(progress[progress.length - 1] + step)
  progress.push(progress[progress.length - 1] + own)
  const last = progress.length - 1
  // Never level, so that a mark has one place.
  for (let i = 0; i <= last; i++) progress[i] += (1e-6 * i) / last
  const turns = Math.trunc(progress[last] + 1 - COMPLETE)
  const marks = Array.from({ length: turns + 1 }, (_, turn) => Math.min(turn, progress[last]))
  if (progress[last] - turns >= NOTABLE && rest) marks.push(progress[last])
  const times = marks.map((mark) => start + placeOf(mark, progress))
  return marks.slice(1).map((mark, i) => ({ start: times[i], end: times[i + 1], progress: mark - marks[i] }))
}

/** Fractional index at which the rising `progress` reaches `mark`. */
function placeOf(mark: number, progress: number[]): number {
  const last = progress.length - 1
  if (mark >= progress[last]) return last
  const right = progress.findIndex((value) => value > mark)
  if (right <= 0) return 0
  return right - 1 + (mark - progress[right - 1]) / (progress[right] - progress[right - 1])
}
