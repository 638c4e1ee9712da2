/** Between frames: `lerp` and `integral` of `models/features.py`. Arrays are flat, row-major, D values a row. */
import { clamp, lowerBound, upperBound, type Numbers } from './numbers'

/** Values (T, D) at times `tS`, linearly interpolated to `atS`, held beyond the ends. */
export function lerp(tS: Float64Array, values: Float32Array, width: number, atS: Float64Array): Float32Array {
  const found = new Float32Array(atS.length * width)
  const last = tS.length - 1
  atS.forEach((at, n) => {
    const right = last && clamp(lowerBound(tS, at), 1, last)
    const left = Math.max(right - 1, 0)
    const share = last && clamp((at - tS[left]) / (tS[right] - tS[left]), 0, 1)
    for (let d = 0; d < width; d++) {
      const before = values[left * width + d]
      found[n * width + d] = before * (1 - share) + values[right * width + d] * share
    }
  })
  return found
}

/** Integral of values (T, D) from tS[0] to each of `atS`, (N, D); values are held beyond the ends. */
export function integral(tS: Float64Array, values: Float32Array, width: number, atS: Numbers): Float64Array {
  const count = tS.length
  const running = new Float64Array(count * width)
  for (let i = width; i < running.length; i++) {
    const t = Math.floor(i / width)
    running[i] = running[i - width] + (Math.fround(values[i] + values[i - width]) / 2) * (tS[t] - tS[t - 1])
  }
  const found = new Float64Array(atS.length * width)
  for (let n = 0; n < atS.length; n++) {
    const before = Math.min(atS[n] - tS[0], 0)
    const after = Math.max(atS[n] - tS[count - 1], 0)
    const inner = clamp(atS[n], tS[0], tS[count - 1])
    const left = clamp(upperBound(tS, inner) - 1, 0, Math.max(count - 2, 0))
    const into = inner - tS[left]
    for (let d = 0; d < width; d++) {
      const at = left * width + d
      const slope = count > 1 ? Math.fround(values[at + width] - values[at]) / (tS[left + 1] - tS[left]) : 0
      found[n * width + d] =
        before * values[d] +
        after * values[(count - 1) * width + d] +
        running[at] +
        into * (values[at] + (slope * into) / 2)
    }
  }
  return found
}
