/** The square around the tracked person, so that somebody far away is seen as large as somebody near. */
import type { Sight } from './follower'
import { C, HIPS, K, SHOULDERS } from './skeleton'
import { wholeView, type Size, type View } from './view'

/** Keypoints below this score say nothing of where the person is. */
const MIN_SCORE = 0.3
/** Room around the hips, as MoveNet takes it: 1.9 × the farthest of the trunk, 1.2 × the farthest of all. */
const TRUNK_REACH = 1.9
const BODY_REACH = 1.2
/** A crop stands still while the person stays well inside: moving it moves keypoints by fractions of a cell. */
const ROOM = 1.25
const LARGEST = 1.6
const DRIFT = 0.1
/** A crop larger than this share of the whole picture gains nothing and risks losing a limb. */
const WORTH = 0.75
/** Crops lie on a grid, so that poses that differ by a hair, on another chip say, are looked for in the same view. */
const SIDE_STEP = 0.85
const CENTRE_STEP = 1 / 16

/** The next view with the same turn: around the person, or the whole picture where the trunk is not seen or a crop would gain little. */
export function nextCrop({ pose, view }: Sight, size: Size): View {
  const whole = wholeView(size, view.turnDeg)
  const seen = (k: number) => pose[k * C + 2] >= MIN_SCORE
  const hips = HIPS.filter(seen)
  if (hips.length === 0 || !SHOULDERS.some(seen)) return whole
  const x = (k: number) => pose[k * C] * size.widthPx
  const y = (k: number) => pose[k * C + 1] * size.heightPx
  const centreX = hips.reduce((sum, k) => sum + x(k), 0) / hips.length
  const centreY = hips.reduce((sum, k) => sum + y(k), 0) / hips.length
  let reach = 0
  for (let k = 0; k < K; k++) {
    if (!seen(k)) continue
    const far = Math.max(Math.abs(x(k) - centreX), Math.abs(y(k) - centreY))
    const isTrunk = SHOULDERS.includes(k) || HIPS.includes(k)
    reach = Math.max(reach, far * (isTrunk ? TRUNK_REACH : BODY_REACH))
  }
  const side = onGrid(2 * reach * ROOM, whole.sidePx)
  if (side > WORTH * whole.sidePx) return whole
  const drift = Math.max(Math.abs(view.centreX - centreX), Math.abs(view.centreY - centreY))
  const fits = view.sidePx >= 2 * reach && view.sidePx <= 2 * reach * LARGEST
  if (fits && drift < DRIFT * side && view.sidePx < whole.sidePx) return view
  const snap = (value: number) => Math.round(value / (CENTRE_STEP * side)) * CENTRE_STEP * side
  return { centreX: snap(centreX), centreY: snap(centreY), sidePx: side, turnDeg: view.turnDeg }
}

/** The smallest step of the grid that is at least this long. */
function onGrid(sidePx: number, wholePx: number): number {
  return wholePx * SIDE_STEP ** Math.floor(Math.log(sidePx / wholePx) / Math.log(SIDE_STEP))
}
