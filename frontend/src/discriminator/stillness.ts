/** Long stillness, cut out before the network looks: the browser's copy of `models/stillness.py`, which says why. */
import { rows, spanMeans, UNIT, type Track } from './features'
import { clamp, mean, median, upperBound } from './numbers'

/** Of a repetition: mean way of the mobile joints, in bounding boxes. */
export const MIN_MOVE = 0.04
const MOBILE = 8
const STEP_S = 0.2
const REACH_S = 1.5
const FEWEST = 10

/** The real time, s, of a moment in a shortened track. */
export type Clock = (atS: number) => number

export interface Lively {
  /** Without what is farther than `REACH_S` from any movement. */
  lively: Track
  realOf: Clock
}

export function cutStillness(source: Track): Lively {
  const { tS, points, unit, seen } = source
  const moving = movingIn(source)
  const kept = Array.from(tS.keys()).filter((i) => moving[i])
  if (kept.length === tS.length || kept.length < FEWEST) return { lively: source, realOf: (atS) => atS }
  const step = median(tS.subarray(1).map((t, i) => t - tS[i]))
  const keptS = new Float64Array(kept.length)
  kept.forEach((at, i) => {
    if (i) keptS[i] = keptS[i - 1] + (at === kept[i - 1] + 1 ? tS[at] - tS[at - 1] : step)
    else keptS[i] = at ? step : 0
  })
  const lively = {
    tS: keptS,
    points: rows(points, UNIT, kept),
    unit: rows(unit, UNIT, kept),
    seen: rows(seen, 1, kept),
  }
  return {
    lively,
    realOf: clockOf(
      keptS,
      Float64Array.from(kept, (i) => tS[i]),
    ),
  }
}

/** How far the more mobile half of the joints move in frames [first, last) of (T, UNIT), in bounding boxes. */
export function sizeWithin(unit: Float32Array, first: number, last: number): number {
  const ways = new Float64Array(UNIT / 2)
  for (let k = 0; k < ways.length; k++) {
    ways[k] = Math.hypot(reachOf(unit, first, last, 2 * k), reachOf(unit, first, last, 2 * k + 1))
  }
  return mean(ways.sort().subarray(-MOBILE))
}

function reachOf(unit: Float32Array, first: number, last: number, column: number): number {
  let low = Infinity
  let high = -Infinity
  for (let at = first * UNIT + column; at < last * UNIT; at += UNIT) {
    low = Math.min(low, unit[at])
    high = Math.max(high, unit[at])
  }
  return high - low
}

/** (T,) whether a movement that could be a repetition's is within `REACH_S`. */
function movingIn(source: Track): boolean[] {
  const { tS } = source
  const count = Math.trunc((tS[tS.length - 1] - tS[0]) / STEP_S) + 1
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => tS[0] + i * STEP_S)
  const [unit] = spanMeans(source, edges)
  const reach = Math.round(REACH_S / STEP_S)
  const lively = Array.from(
    { length: count },
    (_, i) => sizeWithin(unit, Math.max(0, i - reach), Math.min(count, i + reach + 1)) >= MIN_MOVE,
  )
  return Array.from(tS, (t) => lively[Math.min(Math.trunc((t - tS[0]) / STEP_S), count - 1)])
}

/** Beyond the ends it runs on at the same pace. */
function clockOf(keptS: Float64Array, realS: Float64Array): Clock {
  const last = keptS.length - 1
  return (atS) => {
    const inner = clamp(atS, keptS[0], keptS[last])
    const right = clamp(upperBound(keptS, inner), 1, last)
    const share = (inner - keptS[right - 1]) / (keptS[right] - keptS[right - 1])
    return realS[right - 1] + share * (realS[right] - realS[right - 1]) + (atS - inner)
  }
}
