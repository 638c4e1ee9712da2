/** Draws a skeleton: thin, calm, the joint that matters lit, and one that a cue is about marked. */
import type { Pose } from './frame'
import { C, EDGES, K } from './skeleton'

export interface SkeletonStyle {
  bone: string
  joint: string
  highlight: string
  /** Of the joint that a cue is about; `highlight` where it is missing. */
  mark?: string
  /** Keypoints with a lower score are not drawn, nor are edges to them. */
  minScore: number
}

/** The part of a 2d canvas that drawing needs. */
export type Pen = Pick<
  OffscreenCanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'closePath'
  | 'stroke'
  | 'fill'
  | 'lineWidth'
  | 'lineCap'
  | 'strokeStyle'
  | 'fillStyle'
>

/** Face keypoints: drawn as points only where lit, since lines across a face disturb. */
const FACE = 5

/** In units of the skeleton's line. */
const DOT = 1.5
const LIT = 4
const MARK = 9
const HALO = '#000000a6'

/**
 * `highlighted`: indices of keypoints to light up; `marked`: those that a cue is about, told apart by their shape, too.
 * The canvas is `widthPx` × `heightPx`.
 */
export function drawSkeleton(
  pen: Pen,
  pose: Pose,
  size: { widthPx: number; heightPx: number },
  style: SkeletonStyle,
  highlighted: readonly number[] = [],
  marked: readonly number[] = [],
): void {
  const { widthPx, heightPx } = size
  const unit = Math.max(widthPx, heightPx) / 400
  const seen = (k: number) => pose[k * C + 2] >= style.minScore
  const x = (k: number) => pose[k * C] * widthPx
  const y = (k: number) => pose[k * C + 1] * heightPx

  pen.lineWidth = unit
  pen.lineCap = 'round'
  pen.strokeStyle = style.bone
  pen.beginPath()
  for (const [a, b] of EDGES) {
    if (a < FACE || b < FACE || !seen(a) || !seen(b)) continue
    pen.moveTo(x(a), y(a))
    pen.lineTo(x(b), y(b))
  }
  pen.stroke()

  const dot = (k: number, radius: number) => {
    pen.beginPath()
    pen.arc(x(k), y(k), radius, 0, 2 * Math.PI)
    pen.fill()
  }
  pen.fillStyle = style.joint
  for (let k = FACE; k < K; k++) if (seen(k) && !highlighted.includes(k)) dot(k, unit * DOT)
  pen.fillStyle = style.highlight
  for (const k of highlighted) if (seen(k)) dot(k, unit * LIT)

  const diamond = (k: number, colour: string, line: number) => {
    const reach = unit * MARK
    pen.strokeStyle = colour
    pen.lineWidth = unit * line
    pen.beginPath()
    pen.moveTo(x(k), y(k) - reach)
    pen.lineTo(x(k) + reach, y(k))
    pen.lineTo(x(k), y(k) + reach)
    pen.lineTo(x(k) - reach, y(k))
    pen.closePath()
    pen.stroke()
  }
  for (const k of marked) {
    if (!seen(k)) continue
    diamond(k, HALO, 4)
    diamond(k, style.mark ?? style.highlight, 2)
  }
}
