/** How exactly a pose is kept: docs/clip-format.md, "At rest". The page counts the same numbers as the server. */

const STEPS_PER_PX = 4
const MOST_STEPS = 65_535
const SCORE_STEPS = 63

const rounded = (share: number, steps: number): number =>
  Math.round(Math.min(Math.max(share, 0), 1) * steps) / steps

/** A coordinate, as a share of a side of `sidePx`, in whole quarters of a pixel. */
export const roundedPlace = (share: number, sidePx: number): number =>
  rounded(share, Math.min(STEPS_PER_PX * sidePx, MOST_STEPS))

export const roundedScore = (score: number): number => rounded(score, SCORE_STEPS)
