/** How the picture fills the screen without hiding from the athlete what the pose network sees. */

/** Largest share of the picture that may fall off the screen's edge. */
const LARGEST_LOSS = 0.25

/** `cover` where little is cut off, else `contain`. Sizes in any unit, as long as it is the same. */
export function fitOf(
  picture: { width: number; height: number },
  stage: { width: number; height: number },
): 'cover' | 'contain' {
  const ratio = (picture.width * stage.height) / (picture.height * stage.width)
  if (!Number.isFinite(ratio) || ratio <= 0) return 'contain'
  return 1 - Math.min(ratio, 1 / ratio) <= LARGEST_LOSS ? 'cover' : 'contain'
}

/**
 * Where in the unmirrored picture, in [0, 1], a point of the stage lies; null beside it. The point is in the stage's units,
 * from its top left.
 */
export function pointIn(
  picture: { width: number; height: number },
  stage: { width: number; height: number },
  { x, y }: { x: number; y: number },
  mirrored: boolean,
): { x: number; y: number } | null {
  const across = stage.width / picture.width
  const down = stage.height / picture.height
  const scale = fitOf(picture, stage) === 'cover' ? Math.max(across, down) : Math.min(across, down)
  const right = 0.5 + (x - stage.width / 2) / (scale * picture.width)
  const below = 0.5 + (y - stage.height / 2) / (scale * picture.height)
  const isInside = right >= 0 && right <= 1 && below >= 0 && below <= 1
  return isInside ? { x: mirrored ? 1 - right : right, y: below } : null
}
