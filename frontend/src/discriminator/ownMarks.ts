/** Repetitions that a recording seems to hold, to be accepted or moved by who recorded it. */
import { track } from './features'
import { mean, median, quantile } from './numbers'
import { swings, smooth } from './ownSwings'
import { column, D, dot, longest, sampled, type Mark } from './ownTemplate'
import type { Sequence } from './sequence'

/** Of the range along the direction in which most moves. */
const LEAST = 0.5
const LEAST_RANGE = 0.02
const FEWEST = 8
/** A repetition in which somebody else is longer, or shorter, is none of them. */
const LONGER = 2.5
/** Of the others, that a repetition reaches. */
const SMALLER = 0.6

/** In order of time; none where nothing goes there and back. */
export function proposeMarks(sequence: Sequence): Mark[] {
  const { times, poses, seen } = sampled(track(sequence))
  const kept = Array.from(seen.keys()).filter((i) => seen[i] > 0.5)
  if (kept.length < FEWEST) return []
  const middles = Array.from({ length: D }, (_, d) => median(kept.map((i) => poses.values[i * D + d])))
  const rows = { values: poses.values.map((value, i) => value - middles[i % D]), width: D }
  const spread = Float64Array.from({ length: D }, (_, d) => {
    const values = column(rows.values, D, d)
    return quantile(values, 0.95) - quantile(values, 0.05)
  })
  const axis = longest(rows, spread)
  const along = (sign: number) =>
    smooth(Float64Array.from(times, (_, i) => sign * dot(rows.values.subarray(i * D, (i + 1) * D), axis)))
  const forth = along(1)
  // A body rests where repetitions begin, so that the median lies nearer to that end.
  const [low, high] = [quantile(forth, 0.05), quantile(forth, 0.95)]
  const signal = median(forth) - low <= high - median(forth) ? forth : along(-1)
  const found = swings(signal, Math.max(LEAST * (high - low), LEAST_RANGE))
  const lengths = found.map(({ start, end }) => times[end] - times[start])
  const sizes = found.map(({ rise, fall }) => mean([rise, fall]))
  const usual = median(lengths)
  const isUsual = (_: unknown, i: number): boolean =>
    lengths[i] < LONGER * usual && lengths[i] > usual / LONGER && sizes[i] > SMALLER * median(sizes)
  return found.filter(isUsual).map(({ start, turn, end }) => ({
    start_ms: Math.round(1000 * times[start]),
    turn_ms: Math.round(1000 * times[turn]),
    end_ms: Math.round(1000 * times[end]),
  }))
}
