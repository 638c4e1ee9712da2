/** Movements there and back along one signal, cut with hysteresis: the last part of `models/own.py`. */
import { argmax } from './numbers'

/** Of the hysteresis, on each side of a turn. */
const SIDE = 0.6
/** Of a rise or fall that belongs to the rest before and after. */
const EDGE = 0.05

/** Samples of a movement; rise and fall: how far. */
export interface Swing {
  start: number
  turn: number
  end: number
  rise: number
  fall: number
}

/** Movements up and down again by at least `least`, at the ends by SIDE of it. */
export function swings(signal: Float64Array, least: number): Swing[] {
  const edges = extremes(signal, least)
  return edges.flatMap(({ at, isHigh }, j) => {
    if (!isHigh) return []
    const before = j ? edges[j - 1].at : lastLowest(signal, at)
    const after = j + 1 < edges.length ? edges[j + 1].at : lowestFrom(signal, at)
    const one = trimmed(signal, before, at, after)
    return Math.min(one.rise, one.fall) >= SIDE * least ? one : []
  })
}

/** Highs and lows in turn, each at least `least` from the next. */
export function extremes(signal: Float64Array, least: number): { at: number; isHigh: boolean }[] {
  const found: { at: number; isHigh: boolean }[] = []
  let low = 0
  let high = 0
  let rising: boolean | null = null
  signal.forEach((value, i) => {
    if (value > signal[high]) high = i
    if (value < signal[low]) low = i
    if (rising !== false && signal[high] - value >= least) {
      found.push({ at: high, isHigh: true })
      rising = false
      low = i
    } else if (rising !== true && value - signal[low] >= least) {
      found.push({ at: low, isHigh: false })
      rising = true
      high = i
    }
  })
  return found
}

/** Mean of three. */
export const smooth = (signal: Float64Array): Float64Array =>
  signal.map((value, i) => {
    const before = signal[Math.max(0, i - 1)]
    return (before + value + signal[Math.min(signal.length - 1, i + 1)]) / 3
  })

function lastLowest(signal: Float64Array, end: number): number {
  let best = end
  for (let i = end; i >= 0; i--) if (signal[i] < signal[best]) best = i
  return best
}

const lowestFrom = (signal: Float64Array, start: number): number =>
  start + argmax(signal.subarray(start).map((value) => -value))

/** Without the rest before it begins to rise, and after it has come back. */
function trimmed(signal: Float64Array, before: number, turn: number, after: number): Swing {
  const [rise, fall] = [signal[turn] - signal[before], signal[turn] - signal[after]]
  let start = turn
  while (start > before && signal[start] > signal[before] + EDGE * rise) start--
  let end = turn
  while (end < after && signal[end] > signal[after] + EDGE * fall) end++
  return { start, turn, end, rise, fall }
}
