/** Films for tests: a body of straight lines that bends its knees. */
import { KEYPOINTS } from '@/pose/skeleton'
import { filmOf, type Film, type StoredFrames } from './film'

type Place = readonly [x: number, y: number]

/** Places in a picture of 100 × 100, seen from the side; `down` in [0, 1] is how deep the squat is. */
export function squatting(down: number): Record<string, Place> {
  const hip: Place = [40 - 15 * down, 60 + 20 * down]
  const shoulder: Place = [hip[0] + 20 * down, hip[1] - 30 + 8 * down]
  const at: Record<string, Place> = { hip, knee: [45, 78], ankle: [40, 98], shoulder }
  at.elbow = [shoulder[0] + 5, shoulder[1] + 15]
  at.wrist = [shoulder[0] + 20, shoulder[1] + 15]
  for (const face of ['nose', 'eye', 'ear']) at[face] = [shoulder[0], shoulder[1] - 12]
  return at
}

/** `scale`, `dx`, `dy`: another size and place in the picture, in shares of it. */
export function storedSquat(
  downs: readonly number[],
  { stepMs = 100, scale = 1, dx = 0, dy = 0, score = 255 } = {},
): StoredFrames {
  const keypoints = downs.flatMap((down) => {
    const at = squatting(down)
    return KEYPOINTS.flatMap((name) => {
      const [x, y] = at[name.replace(/^(left|right)_/, '')] ?? [0, 0]
      return [Math.round((x * scale + dx) * 100), Math.round((y * scale + dy) * 100), score]
    })
  })
  return {
    width_px: 640,
    height_px: 640,
    estimator: 'posenet_refined',
    t_ms: downs.map((_, i) => i * stepMs),
    keypoints,
  }
}

export function squatFilm(...args: Parameters<typeof storedSquat>): Film {
  const film = filmOf(storedSquat(...args))
  if (!film) throw new Error('a film without frames')
  return film
}

/** Down and up again, one frame a step. */
export const downAndUp = (steps: number, depth = 1): number[] =>
  Array.from({ length: 2 * steps + 1 }, (_, i) => depth * (1 - Math.abs(i - steps) / steps))
