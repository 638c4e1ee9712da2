/**
 * Clips on the wire, binary version 1, as docs/clip-format.md has them.
 *
 * Knows nothing of cameras, requests or sets: frames in, bytes out.
 */
import { crc32 } from './crc32'
import type { Pose, StampedFrame } from './frame'
import { roundedPlace, roundedScore } from './rounding'
import { C, ESTIMATORS, K, type Estimator } from './skeleton'

export const CONTENT_TYPE = 'application/vnd.posecoach.clip'

const MAGIC = 0x4c434350 // "PCCL", read as a little-endian u32
const VERSION = 1
const HEADER_BYTES = 18
const KEYPOINT_BYTES = 5
const FRAME_BYTES = 2 + K * KEYPOINT_BYTES
const CRC_BYTES = 4

export const MAX_FRAMES = 300
export const MAX_SPAN_MS = 5_000
export const MAX_START_MS = 4 * 3_600_000
export const MAX_SIDE_PX = 16_384

/** Bytes ready to be sent, and their place in the set. */
export interface Clip {
  index: number
  startMs: number
  frames: number
  bytes: Uint8Array<ArrayBuffer>
}

/** What a clip says. `tMs` are whole ms since the set started. */
export interface ClipContent {
  estimator: Estimator
  widthPx: number
  heightPx: number
  frames: readonly { tMs: number; pose: Pose }[]
}

/** A value is outside the format: `field` says which, the message what would be right. */
export class ClipError extends RangeError {
  override readonly name = 'ClipError'

  constructor(
    readonly field: string,
    expected: string,
  ) {
    super(`${field}: expected ${expected}`)
  }
}

/**
 * The clip in binary version 1; x and y outside the picture are clamped to its edge.
 *
 * Throws ClipError when a value cannot be said in this format.
 */
export function encodeClip({ estimator, widthPx, heightPx, frames }: ClipContent): Uint8Array<ArrayBuffer> {
  if (!(estimator in ESTIMATORS)) {
    throw new ClipError('estimator', `one of ${Object.keys(ESTIMATORS).join(', ')}, got ${estimator}`)
  }
  expectInteger('width_px', widthPx, 1, MAX_SIDE_PX)
  expectInteger('height_px', heightPx, 1, MAX_SIDE_PX)
  expectInteger('frames', frames.length, 1, MAX_FRAMES)
  const startMs = frames[0].tMs
  expectInteger('start_ms', startMs, 0, MAX_START_MS)

  const bytes = new Uint8Array(HEADER_BYTES + frames.length * FRAME_BYTES + CRC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, VERSION)
  view.setUint8(5, ESTIMATORS[estimator])
  view.setUint8(6, K)
  view.setUint8(7, 0)
  view.setUint16(8, frames.length, true)
  view.setUint16(10, widthPx, true)
  view.setUint16(12, heightPx, true)
  view.setUint32(14, startMs, true)
  frames.forEach(({ tMs, pose }, i) => {
    const earliest = i === 0 ? 0 : frames[i - 1].tMs - startMs + 1
    expectInteger(`frames[${i}].dt_ms`, tMs - startMs, earliest, MAX_SPAN_MS)
    writeFrame(view, i, tMs - startMs, pose, [widthPx, heightPx])
  })
  const end = bytes.length - CRC_BYTES
  view.setUint32(end, crc32(bytes.subarray(0, end)), true)
  return bytes
}

/** The content of these bytes; throws ClipError for anything that is not a whole clip of version 1. */
export function decodeClip(bytes: Uint8Array): ClipContent {
  if (bytes.length < HEADER_BYTES + CRC_BYTES)
    throw new ClipError('size', `a whole header, got ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  expectValue('magic', view.getUint32(0, true), MAGIC)
  expectValue('version', view.getUint8(4), VERSION)
  expectValue('keypoints', view.getUint8(6), K)
  expectValue('flags', view.getUint8(7), 0)
  const count = view.getUint16(8, true)
  expectInteger('frames', count, 1, MAX_FRAMES)
  expectValue('size', bytes.length, HEADER_BYTES + count * FRAME_BYTES + CRC_BYTES)
  const end = bytes.length - CRC_BYTES
  expectValue('crc32', view.getUint32(end, true), crc32(bytes.subarray(0, end)))
  const code = view.getUint8(5)
  const estimator = (Object.keys(ESTIMATORS) as Estimator[]).find((name) => ESTIMATORS[name] === code)
  if (!estimator)
    throw new ClipError('estimator', `one of ${Object.values(ESTIMATORS).join(', ')}, got ${code}`)
  const startMs = view.getUint32(14, true)
  return {
    estimator,
    widthPx: view.getUint16(10, true),
    heightPx: view.getUint16(12, true),
    frames: Array.from({ length: count }, (_, i) => readFrame(view, i, startMs)),
  }
}

/** `originMs`: time of the set's start on the frames' own clock. `maxMs`: how long a clip may get. */
export interface ClipBufferOptions {
  originMs: number
  maxMs?: number
}

/**
 * Gathers the frames of one set and cuts them into clips, numbered from 0.
 *
 * A clip ends when it is `maxMs` long, when it is full, when the next frame is too late to fit, or when the
 * picture changes its size or the estimator changes. Shorter clips bring counts sooner; longer ones make fewer requests.
 */
export class ClipBuffer {
  private readonly originMs: number
  private readonly maxMs: number
  private frames: { tMs: number; pose: Pose }[] = []
  private source: Omit<ClipContent, 'frames'> | null = null
  private lastMs = -1
  private clips = 0

  constructor({ originMs, maxMs = 2_000 }: ClipBufferOptions) {
    expectInteger('maxMs', maxMs, 1, MAX_SPAN_MS)
    this.originMs = originMs
    this.maxMs = maxMs
  }

  /** How many clips were cut so far. */
  get count(): number {
    return this.clips
  }

  /**
   * Takes a frame; answers with the clip that it completed, if any.
   *
   * A frame from before the set or not later than the one before it says nothing new and is left out.
   */
  push({ tMs, pose, widthPx, heightPx, estimator }: StampedFrame): Clip | null {
    const setMs = Math.round(tMs - this.originMs)
    if (setMs <= this.lastMs) return null
    const source = { estimator, widthPx, heightPx }
    const done = this.fits(setMs, source) ? null : this.flush()
    this.frames.push({ tMs: setMs, pose: pose.slice() })
    this.lastMs = setMs
    this.source = source
    return done ?? (setMs - this.frames[0].tMs >= this.maxMs ? this.flush() : null)
  }

  /** Cuts off what is left as the last clip; null when nothing is. */
  flush(): Clip | null {
    const { frames, source } = this
    if (frames.length === 0 || !source) return null
    const bytes = encodeClip({ ...source, frames })
    this.frames = []
    return { index: this.clips++, startMs: frames[0].tMs, frames: frames.length, bytes }
  }

  private fits(setMs: number, { estimator, widthPx, heightPx }: Omit<ClipContent, 'frames'>): boolean {
    const { frames, source } = this
    if (frames.length === 0 || !source) return true
    if (frames.length === MAX_FRAMES || setMs - frames[0].tMs > MAX_SPAN_MS) return false
    const sameSize = widthPx === source.widthPx && heightPx === source.heightPx
    return sameSize && estimator === source.estimator
  }
}

/** Rounded as the server keeps it, so that what the page has counted is what the server reads. */
function writeFrame(
  view: DataView,
  index: number,
  dtMs: number,
  pose: Pose,
  [widthPx, heightPx]: [number, number],
): void {
  if (pose.length !== K * C)
    throw new ClipError(`frames[${index}].keypoints`, `${K * C} numbers, got ${pose.length}`)
  let at = HEADER_BYTES + index * FRAME_BYTES
  view.setUint16(at, dtMs, true)
  at += 2
  for (let k = 0; k < K; k++, at += KEYPOINT_BYTES) {
    for (let c = 0; c < C; c++) {
      const value = pose[k * C + c]
      if (!Number.isFinite(value)) {
        throw new ClipError(`frames[${index}].keypoints[${k}][${c}]`, `a finite number, got ${value}`)
      }
    }
    view.setUint16(at, Math.round(roundedPlace(pose[k * C], widthPx) * 65_535), true)
    view.setUint16(at + 2, Math.round(roundedPlace(pose[k * C + 1], heightPx) * 65_535), true)
    view.setUint8(at + 4, Math.round(roundedScore(pose[k * C + 2]) * 255))
  }
}

function readFrame(view: DataView, index: number, startMs: number): { tMs: number; pose: Pose } {
  const pose = new Float32Array(K * C)
  const start = HEADER_BYTES + index * FRAME_BYTES
  for (let k = 0; k < K; k++) {
    const at = start + 2 + k * KEYPOINT_BYTES
    pose[k * C] = view.getUint16(at, true) / 65_535
    pose[k * C + 1] = view.getUint16(at + 2, true) / 65_535
    pose[k * C + 2] = view.getUint8(at + 4) / 255
  }
  return { tMs: startMs + view.getUint16(start, true), pose }
}

function expectInteger(field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ClipError(field, `a whole number from ${least} to ${most}, got ${value}`)
  }
}

function expectValue(field: string, value: number, right: number): void {
  if (value !== right) throw new ClipError(field, `${right}, got ${value}`)
}
