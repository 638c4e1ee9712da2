/** How alike the cycles of a set are: the browser's copy of `models/likeness.py`. */
import { BINS, type Cycle, type Path } from './counting'
import { median, roundHalfEven } from './numbers'

const POINTS = 12
const STRAY = 8
const STRAY_SHARE = 0.25
const FEWEST = 3

/** N rows of D inputs. */
export interface Rows {
  values: Float32Array | Float64Array
  width: number
}

const countOf = ({ values, width }: Rows): number => values.length / width

export interface Foretold {
  /** Share of the movement within the cycles that the other cycles foretell; below 0 where they mislead. */
  alike: number
  /** The same as a share of all movement. */
  explained: number
}

/** How much of the movement each cycle's poses are foretold by the other cycles, at the same phase. */
export function foretold(samples: Rows, path: Path, whole: Cycle[]): Foretold {
  if (whole.length < 2) return { alike: 0, explained: 0 }
  const { width } = samples
  const owner = ownersOf(path, whole)
  const inside = Array.from(path.keys()).filter((i) => owner[i] >= 0 && path[i] >= 0)
  const { sums, sizes } = perPhase(samples, path, owner, inside, whole.length)
  const ownMean = meanRow(samples, inside)
  const all = Array.from(path.keys())
  const movement = spread(samples, inside, ownMean) + 1e-9
  const total = spread(samples, all, meanRow(samples, all)) + 1e-9
  const everySum = summed(sums, BINS * width)
  const everySize = summed(sizes, BINS)
  let missed = 0
  for (const i of inside) {
    const place = owner[i] * BINS + path[i]
    const others = everySize[path[i]] - sizes[place]
    for (let d = 0; d < width; d++) {
      const rest = everySum[path[i] * width + d] - sums[place * width + d]
      const guess = others > 0 ? rest / Math.max(others, 1e-9) : ownMean[d]
      missed += (samples.values[i * width + d] - guess) ** 2
    }
  }
  return { alike: 1 - missed / movement, explained: (movement - missed) / total }
}

/** (cycles,) which are unlike the typical one: getting into position, racking the weight. */
export function strays(samples: Rows, whole: Cycle[]): boolean[] {
  const none = whole.map(() => false)
  if (whole.length < FEWEST) return none
  const courses = whole.map((cycle) => course(samples, cycle))
  const typical = courses[0].map((_, i) => median(courses.map((one) => one[i])))
  const { width } = samples
  const rows: Rows = { values: Float64Array.from(typical), width }
  const points = Array.from({ length: POINTS }, (_, i) => i)
  const movement = spread(rows, points, meanRow(rows, points)) + 1e-9
  const apart = courses.map(
    (one) => one.reduce((total, value, i) => total + (value - typical[i]) ** 2, 0) / movement,
  )
  const limit = STRAY * Math.max(1, median(apart))
  const unlike = apart.map((distance) => distance > limit)
  const few = unlike.filter(Boolean).length <= Math.max(1, STRAY_SHARE * whole.length)
  return few ? unlike : none
}

/** (N,) which cycle each sample belongs to, -1 for none. */
function ownersOf(path: Path, whole: Cycle[]): Int16Array {
  const owner = new Int16Array(path.length).fill(-1)
  whole.forEach(({ start, end }, i) => owner.fill(i, roundHalfEven(start), roundHalfEven(end)))
  return owner
}

/** Sums (cycles, BINS, D) and numbers (cycles, BINS) of samples, neighbouring phases lending half. */
function perPhase(samples: Rows, path: Path, owner: Int16Array, inside: number[], cycles: number) {
  const { values, width } = samples
  const sums = new Float64Array(cycles * BINS * width)
  const sizes = new Float64Array(cycles * BINS)
  for (const i of inside) {
    for (const [shift, weight] of [
      [0, 1],
      [1, 0.5],
      [BINS - 1, 0.5],
    ]) {
      const place = owner[i] * BINS + ((path[i] + shift) % BINS)
      sizes[place] += weight
      for (let d = 0; d < width; d++) sums[place * width + d] += weight * values[i * width + d]
    }
  }
  return { sums, sizes }
}

/** Rows of `width` added up over all cycles. */
function summed(values: Float64Array, width: number): Float64Array {
  const total = new Float64Array(width)
  values.forEach((value, i) => (total[i % width] += value))
  return total
}

function meanRow({ values, width }: Rows, kept: number[]): Float64Array {
  const total = new Float64Array(width)
  for (const i of kept) for (let d = 0; d < width; d++) total[d] += values[i * width + d]
  return total.map((value) => value / kept.length)
}

/** Squared distances of these rows from one, added up. */
function spread({ values, width }: Rows, kept: number[], from: Float64Array): number {
  let total = 0
  for (const i of kept) for (let d = 0; d < width; d++) total += (values[i * width + d] - from[d]) ** 2
  return total
}

/** (POINTS * D,) a cycle's poses at even steps of its duration. */
function course(samples: Rows, { start, end }: Cycle): number[] {
  const { values, width } = samples
  const last = countOf(samples) - 1
  const until = Math.min(end, last)
  const found: number[] = []
  for (let point = 0; point < POINTS; point++) {
    const at = start + ((until - start) * point) / (POINTS - 1)
    const left = Math.min(Math.trunc(at), last)
    const right = Math.min(left + 1, last)
    const share = at - left
    for (let d = 0; d < width; d++) {
      found.push(values[left * width + d] * (1 - share) + values[right * width + d] * share)
    }
  }
  return found
}
