/** Draws one body for a replay: larger and calmer than live, and with a joint's angle where one is in question. */
import type { Pose } from '@/pose/frame'
import { C, EDGES, HIPS, SHOULDERS } from '@/pose/skeleton'
import { cornersOf, degreesAt, middleOf, MIN_SCORE, type Joint, type Point } from './joints'
import { placed, type Placement } from './placement'

export interface BodyStyle {
  body: string
  trunk: string
  lit: string
  /** Behind the degrees, so that they can be read over the body. */
  paper: string
  font: string
}

export interface Body {
  pose: Pose
  aspect: number
  /** From heights of the picture to px of the canvas. */
  placement: Placement
  /** Keypoints that are lit. */
  lit: readonly number[]
  /** Whose angle is drawn; null where none is in question. */
  joint: Joint | null
  /** Drawn faintly, to be compared with. */
  ghost: boolean
}

/** The part of a 2d canvas that drawing needs. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'closePath'
  | 'fill'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'lineCap'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'setLineDash'
  | 'stroke'
  | 'strokeStyle'
  | 'strokeText'
  | 'textAlign'
  | 'textBaseline'
>

const FACE = 5
const LEGS_AND_ARMS = EDGES.filter(([a, b]) => a >= FACE && b >= FACE && !isTrunk(a, b))
const EARS = [3, 4]
const EYES = [1, 2]
const GHOST = 0.34
const GUESSED = 0.4

function isTrunk(a: number, b: number): boolean {
  const trunk = [...SHOULDERS, ...HIPS]
  return trunk.includes(a) && trunk.includes(b)
}

/** `unit`: px that a line is wide. */
export function drawBody(pen: Pen, body: Body, unit: number, style: BodyStyle): void {
  const { pose, aspect, placement, ghost } = body
  const at = (...keypoints: number[]): Point => placed(middleOf(pose, keypoints, aspect), placement)
  const seen = (...keypoints: number[]): boolean => keypoints.every((k) => pose[k * C + 2] >= MIN_SCORE)
  const alpha = ghost ? GHOST : 1

  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.globalAlpha = alpha
  drawTrunk(pen, at, seen, unit, style)
  pen.strokeStyle = style.body
  for (const [a, b] of LEGS_AND_ARMS) {
    const sure = seen(a, b)
    // What the machine guessed is shown as a guess.
    pen.globalAlpha = sure ? alpha : alpha * GUESSED
    pen.setLineDash(sure ? [] : [unit * 0.2, unit * 1.8])
    pen.lineWidth = unit
    line(pen, at(a), at(b))
  }
  pen.setLineDash([])
  pen.globalAlpha = alpha
  drawHead(pen, at, seen, unit, style)
  if (!ghost) for (const k of body.lit) if (seen(k)) light(pen, at(k), unit, style)
  if (body.joint && !ghost) drawAngle(pen, body, body.joint, unit, style)
  pen.globalAlpha = 1
}

type At = (...keypoints: number[]) => Point
type Seen = (...keypoints: number[]) => boolean

function line(pen: Pen, a: Point, b: Point): void {
  pen.beginPath()
  pen.moveTo(...a)
  pen.lineTo(...b)
  pen.stroke()
}

function drawTrunk(pen: Pen, at: At, seen: Seen, unit: number, style: BodyStyle): void {
  const [leftShoulder, rightShoulder] = SHOULDERS
  const [leftHip, rightHip] = HIPS
  if (!seen(leftShoulder, leftHip) && !seen(rightShoulder, rightHip)) return
  pen.beginPath()
  pen.moveTo(...at(leftShoulder))
  for (const k of [rightShoulder, rightHip, leftHip]) pen.lineTo(...at(k))
  pen.closePath()
  pen.fillStyle = style.trunk
  pen.fill()
  pen.strokeStyle = style.body
  pen.lineWidth = unit
  pen.stroke()
}

/** A disc where the head is: the middle of the ears, or of what else of a face is seen. */
function drawHead(pen: Pen, at: At, seen: Seen, unit: number, style: BodyStyle): void {
  const face = [EARS, EYES, [0], [EARS[0]], [EARS[1]]].find((part) => seen(...part))
  if (!face) return
  const [x, y] = at(...face)
  const [shoulders, hips] = [at(...SHOULDERS), at(...HIPS)]
  const trunk = Math.hypot(shoulders[0] - hips[0], shoulders[1] - hips[1])
  pen.beginPath()
  pen.arc(x, y, Math.max(unit * 1.4, trunk * 0.15), 0, 2 * Math.PI)
  pen.fillStyle = style.body
  pen.fill()
}

function light(pen: Pen, [x, y]: Point, unit: number, style: BodyStyle): void {
  pen.beginPath()
  pen.arc(x, y, unit * 1.5, 0, 2 * Math.PI)
  pen.fillStyle = style.lit
  pen.fill()
}

/** The joint lit, its limbs retraced, an arc between them, and the degrees inside the arc. */
function drawAngle(
  pen: Pen,
  { pose, aspect, placement }: Body,
  joint: Joint,
  unit: number,
  style: BodyStyle,
): void {
  const degrees = degreesAt(pose, joint, aspect)
  if (degrees === null) return
  const corners = cornersOf(pose, joint, aspect)
  const [from, at, to] = [corners.from, corners.at, corners.to].map((point) => placed(point, placement))
  const direction = ([x, y]: Point): number => Math.atan2(y - at[1], x - at[0])
  const [start, turn] = shorterWay(direction(from), direction(to))
  const reach = Math.hypot(from[0] - at[0], from[1] - at[1])
  const radius = Math.min(Math.max(unit * 5, reach * 0.45), unit * 12)

  pen.strokeStyle = style.lit
  pen.lineWidth = unit
  line(pen, at, from)
  // What a lean is measured against is an aid, not a limb.
  if (!Array.isArray(joint.to)) pen.setLineDash([unit, unit * 2])
  line(pen, at, to)
  pen.setLineDash([])
  pen.lineWidth = unit * 0.6
  pen.beginPath()
  pen.arc(at[0], at[1], radius, start, start + turn, turn < 0)
  pen.stroke()
  light(pen, at, unit, style)
  writeDegrees(pen, degrees, at, start + turn / 2, radius + unit * 5, unit, style)
}

/** Where an arc starts and how far it turns, in (-π, π]. */
function shorterWay(start: number, end: number): [number, number] {
  const turn = Math.atan2(Math.sin(end - start), Math.cos(end - start))
  return [start, turn]
}

function writeDegrees(
  pen: Pen,
  degrees: number,
  [x, y]: Point,
  direction: number,
  away: number,
  unit: number,
  style: BodyStyle,
): void {
  const place: Point = [x + away * Math.cos(direction), y + away * Math.sin(direction)]
  const text = `${Math.round(degrees)}°`
  pen.font = `600 ${Math.max(15, unit * 4.5)}px ${style.font}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.lineWidth = Math.max(4, unit * 1.2)
  pen.strokeStyle = style.paper
  pen.strokeText(text, ...place)
  pen.fillStyle = style.lit
  pen.fillText(text, ...place)
}
