/**
 * The square of a picture that an estimator looks at, and the way between its coordinates and the picture's.
 *
 * Knows nothing of people: where to look is decided in follower.ts.
 */
import type { Pose } from './frame'
import { C, K } from './skeleton'

/** Quarter turns, in degrees clockwise as seen on the picture; 180 would be a body standing on its head. */
export type TurnDeg = 0 | 90 | -90

export const TURNS_DEG: readonly TurnDeg[] = [0, 90, -90]

/** Centre and side are in px of the picture; the square may reach beyond it. `turnDeg` turns the square, not the picture. */
export interface View {
  centreX: number
  centreY: number
  sidePx: number
  turnDeg: TurnDeg
}

export interface Size {
  widthPx: number
  heightPx: number
}

/** The smallest view that holds the whole picture. */
export function wholeView({ widthPx, heightPx }: Size, turnDeg: TurnDeg = 0): View {
  return { centreX: widthPx / 2, centreY: heightPx / 2, sidePx: Math.max(widthPx, heightPx), turnDeg }
}

/** A pose found in a view, in [0, 1] of it, as a pose in [0, 1] of the picture. Scores stay; nothing is clamped. */
export function toPicture(pose: Pose, { centreX, centreY, sidePx, turnDeg }: View, size: Size): Pose {
  const [cos, sin] = direction(turnDeg)
  const turned = new Float32Array(K * C)
  for (let i = 0; i < K * C; i += C) {
    const right = (pose[i] - 0.5) * sidePx
    const down = (pose[i + 1] - 0.5) * sidePx
    turned[i] = (centreX + cos * right - sin * down) / size.widthPx
    turned[i + 1] = (centreY + sin * right + cos * down) / size.heightPx
    turned[i + 2] = pose[i + 2]
  }
  return turned
}

/** Draws what the view shows of `image` onto a square canvas of this side; beyond the picture it is black. */
export function drawView(
  context: Pick<OffscreenCanvasRenderingContext2D, 'setTransform' | 'clearRect' | 'drawImage'>,
  canvasSidePx: number,
  image: CanvasImageSource,
  { centreX, centreY, sidePx, turnDeg }: View,
): void {
  const scale = canvasSidePx / sidePx
  const [cos, sin] = direction(turnDeg)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvasSidePx, canvasSidePx)
  // Of picture to canvas: the centre to the origin, turned back, scaled, to the canvas's middle.
  const half = canvasSidePx / 2
  const shiftX = half - scale * (cos * centreX + sin * centreY)
  const shiftY = half - scale * (cos * centreY - sin * centreX)
  context.setTransform(scale * cos, -scale * sin, scale * sin, scale * cos, shiftX, shiftY)
  context.drawImage(image, 0, 0)
}

/** What is down in the view, as a direction in the picture. */
export function down(turnDeg: TurnDeg): [x: number, y: number] {
  const [cos, sin] = direction(turnDeg)
  return [-sin, cos]
}

/** Cosine and sine, exact for quarter turns. */
function direction(turnDeg: TurnDeg): [cos: number, sin: number] {
  return turnDeg === 0 ? [1, 0] : [0, turnDeg / 90]
}
