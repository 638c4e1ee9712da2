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
