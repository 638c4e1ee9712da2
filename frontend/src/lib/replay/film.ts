/**
 * The stored keypoints of a set, ready to be shown at any moment.
 *
 * Knows nothing of repetitions, canvases or requests. All times are ms since the set started.
 */
import type { SetFrames } from '@/api/types'
import { clamp, upperBound } from '@/discriminator/numbers'
import type { Pose } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'

/** What `GET /api/sets/{id}/frames` tells: x and y in 1/10000 of the picture, scores in 1/255. */
export type StoredFrames = Omit<SetFrames, 'next_ms'>

export interface Film {
  /** (T,) strictly increasing. */
  tMs: Float64Array
  /** (T, K, C) x, y, score in [0, 1] of the unmirrored picture, y down. */
  poses: Float32Array
  /** Width / height of the picture. */
  aspect: number
  estimator: string
}

/** A stored film that cannot be what it should be: `field` says which part, the message what would be right. */
export class FilmError extends RangeError {
  override readonly name = 'FilmError'

  constructor(
    readonly field: string,
    expected: string,
  ) {
    super(`${field}: expected ${expected}`)
  }
}

const WIDTH = K * C
const PLACES = 10_000
const SCORES = 255
/** Longer without a frame, and nobody knows what happened in between. */
const MAX_GAP_MS = 1_000

/** Null where nothing is stored (any more); throws FilmError where the parts do not belong together. */
export function filmOf({ width_px, height_px, estimator, t_ms, keypoints }: StoredFrames): Film | null {
  if (keypoints.length !== t_ms.length * WIDTH) {
    throw new FilmError('keypoints', `${t_ms.length * WIDTH} numbers, got ${keypoints.length}`)
  }
  if (t_ms.length === 0) return null
  if (!width_px || !height_px || width_px < 0 || height_px < 0) {
    throw new FilmError('width_px, height_px', `sizes above 0, got ${width_px} × ${height_px}`)
  }
  for (let i = 1; i < t_ms.length; i++) {
    if (!(t_ms[i] > t_ms[i - 1]))
      throw new FilmError(`t_ms[${i}]`, `more than ${t_ms[i - 1]}, got ${t_ms[i]}`)
  }
  const poses = Float32Array.from(keypoints, (value, i) => value / (i % C === C - 1 ? SCORES : PLACES))
  return { tMs: Float64Array.from(t_ms), poses, aspect: width_px / height_px, estimator: estimator ?? '' }
}

export const startOf = (film: Film): number => film.tMs[0]
export const endOf = (film: Film): number => film.tMs[film.tMs.length - 1]

/** Index of the frame that stands at this moment: the last one not later, or the first. */
export function frameAt({ tMs }: Film, atMs: number): number {
  return clamp(upperBound(tMs, atMs) - 1, 0, tMs.length - 1)
}

/** The moment `steps` frames on from the one that stands at this moment. */
export function stepFrom(film: Film, atMs: number, steps: number): number {
  return film.tMs[clamp(frameAt(film, atMs) + steps, 0, film.tMs.length - 1)]
}

/** A copy of one frame's pose. */
const poseOf = ({ poses }: Film, frame: number): Pose => poses.slice(frame * WIDTH, (frame + 1) * WIDTH)

/** Between two frames keypoints move straight and are as sure as the less sure one; null in a gap of over a second. */
export function poseAt(film: Film, atMs: number): Pose | null {
  const { tMs, poses } = film
  const left = frameAt(film, atMs)
  const right = Math.min(left + 1, tMs.length - 1)
  const span = tMs[right] - tMs[left]
  if (span > MAX_GAP_MS && atMs > tMs[left] && atMs < tMs[right]) return null
  const share = span > 0 ? clamp((atMs - tMs[left]) / span, 0, 1) : 0
  if (share === 0) return poseOf(film, left)
  return poseOf(film, left).map((value, i) => {
    const next = poses[right * WIDTH + i]
    return i % C === C - 1 ? Math.min(value, next) : value + (next - value) * share
  })
}

/** The film from one moment to another, without copies of its frames; empty where it has none there. */
export function during({ tMs, poses, ...rest }: Film, startMs: number, endMs: number): Film {
  const from = upperBound(tMs, startMs - 1e-6)
  const to = Math.max(from, upperBound(tMs, endMs))
  return { ...rest, tMs: tMs.subarray(from, to), poses: poses.subarray(from * WIDTH, to * WIDTH) }
}
