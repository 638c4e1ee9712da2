/** The few numeric helpers that the ports share; each answers what the numpy function of its name answers. */

export type Numbers = ArrayLike<number>

/** First index whose value is not below `wanted`, in ascending values. */
export function lowerBound(values: Numbers, wanted: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** First index whose value is above `wanted`, in ascending values. */
export function upperBound(values: Numbers, wanted: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle] <= wanted) low = middle + 1
    else high = middle
  }
  return low
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

export const mean = (values: Numbers): number => sum(Array.from(values)) / values.length

/** Linear between the two nearest order statistics; NaN of nothing. */
export function quantile(values: Numbers, share: number): number {
  const sorted = Float64Array.from(values).sort()
  if (!sorted.length) return NaN
  const at = share * (sorted.length - 1)
  const left = Math.floor(at)
  const right = Math.min(left + 1, sorted.length - 1)
  return sorted[left] + (at - left) * (sorted[right] - sorted[left])
}

export const median = (values: Numbers): number => quantile(values, 0.5)

/** Index of the first greatest value. */
export function argmax(values: Numbers): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i
  return best
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** As Python rounds. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
