/**
 * Where a body is shown. Two repetitions are brought to the same place and size, so that what differs is the
 * movement.
 *
 * A picture's own unit is its height: x in [0, aspect], y in [0, 1].
 */
import { median, quantile } from '@/discriminator/numbers'
import { C, HIPS, K, SHOULDERS } from '@/pose/skeleton'
import type { Film } from './film'
import { middleOf, MIN_SCORE, type Point } from './joints'

/** From a picture to the place where it is shown: p ↦ scale · p + offset. */
export interface Placement {
  scale: number
  dx: number
  dy: number
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const AS_FILMED: Placement = { scale: 1, dx: 0, dy: 0 }

export const placed = ([x, y]: Point, { scale, dx, dy }: Placement): Point => [scale * x + dx, scale * y + dy]

/** Pairs of keypoints that can be what a movement stands or hangs on. */
const PAIRS: readonly (readonly number[])[] = [SHOULDERS, [9, 10], HIPS, [15, 16]]
/** Share of frames to each side whose extremes are taken for errors. */
const OUTLIERS = 0.02

const frames = ({ poses, tMs }: Film): number[] => Array.from(tMs, (_, i) => i * (poses.length / tMs.length))

/** Middles of a pair of keypoints, in the frames in which it was seen. */
function pathOf(film: Film, pair: readonly number[]): Point[] {
  const seen = (offset: number): boolean => pair.every((k) => film.poses[offset + k * C + 2] >= MIN_SCORE)
  return frames(film)
    .filter(seen)
    .map((offset) => middleOf(film.poses, pair, film.aspect, offset))
}

const spread = (values: number[]): number => quantile(values, 0.95) - quantile(values, 0.05)
const xs = (path: Point[]): number[] => path.map(([x]) => x)
const ys = (path: Point[]): number[] => path.map(([, y]) => y)

/** The pair that stays in place: feet of a squat, hands of a pull-up, hips of a sit-up. Null where nothing was seen. */
export function anchorPair(film: Film): readonly number[] | null {
  const paths = PAIRS.map((pair) => ({ pair, path: pathOf(film, pair) }))
  const most = Math.max(...paths.map(({ path }) => path.length))
  const usable = paths.filter(({ path }) => path.length > most / 2)
  const [stillest] = usable
    .map(({ pair, path }) => ({ pair, moved: Math.hypot(spread(xs(path)), spread(ys(path))) }))
    .sort((a, b) => a.moved - b.moved)
  return stillest?.pair ?? null
}

/** Length of the trunk where it is least foreshortened, in heights of the picture; null where it was never seen. */
export function trunkLength(film: Film): number | null {
  const trunk = [...SHOULDERS, ...HIPS]
  const lengths = frames(film)
    .filter((offset) => trunk.every((k) => film.poses[offset + k * C + 2] >= MIN_SCORE))
    .map((offset) => {
      const [a, b] = [SHOULDERS, HIPS].map((pair) => middleOf(film.poses, pair, film.aspect, offset))
      return Math.hypot(a[0] - b[0], a[1] - b[1])
    })
  const length = lengths.length ? quantile(lengths, 0.9) : 0
  return length > 0 ? length : null
}

/** The trunk has length 1 and the pair stands at the origin; as filmed where too little was seen. */
export function normalised(film: Film, pair: readonly number[] | null): Placement {
  const length = trunkLength(film)
  const path = pair ? pathOf(film, pair) : []
  if (length === null || path.length === 0) return AS_FILMED
  const scale = 1 / length
  return { scale, dx: -scale * median(xs(path)), dy: -scale * median(ys(path)) }
}

/** What a body covers during a film, where it is shown, with room for its head; null where nothing was seen. */
export function boxOf(film: Film, placement: Placement = AS_FILMED, margin = 0.12): Box | null {
  const lows: Point[] = []
  const highs: Point[] = []
  for (const offset of frames(film)) {
    const seen = Array.from({ length: K }, (_, k) => k)
      .filter((k) => film.poses[offset + k * C + 2] >= MIN_SCORE)
      .map((k) => placed(middleOf(film.poses, [k], film.aspect, offset), placement))
    if (seen.length === 0) continue
    lows.push([Math.min(...xs(seen)), Math.min(...ys(seen))])
    highs.push([Math.max(...xs(seen)), Math.max(...ys(seen))])
  }
  if (lows.length === 0) return null
  const box = {
    left: quantile(xs(lows), OUTLIERS),
    top: quantile(ys(lows), OUTLIERS),
    right: quantile(xs(highs), 1 - OUTLIERS),
    bottom: quantile(ys(highs), 1 - OUTLIERS),
  }
  const room = margin * Math.max(box.right - box.left, box.bottom - box.top, Number.EPSILON)
  return { left: box.left - room, top: box.top - room, right: box.right + room, bottom: box.bottom + room }
}

export const around = (a: Box, b: Box): Box => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

/** Carries a box into the middle of a canvas, as large as it fits. */
export function fitted(box: Box, widthPx: number, heightPx: number): Placement {
  const scale = Math.min(widthPx / (box.right - box.left), heightPx / (box.bottom - box.top))
  return {
    scale,
    dx: widthPx / 2 - (scale * (box.left + box.right)) / 2,
    dy: heightPx / 2 - (scale * (box.top + box.bottom)) / 2,
  }
}

/** First one, then the other. */
export const chained = (first: Placement, then: Placement): Placement => ({
  scale: first.scale * then.scale,
  dx: then.scale * first.dx + then.dx,
  dy: then.scale * first.dy + then.dy,
})
