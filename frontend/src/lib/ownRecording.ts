/** The frames of a recording as a film, and as bytes for the server. Plain arithmetic, no Vue. */
import type { Sequence } from '@/discriminator/sequence'
import { ClipBuffer, MAX_SPAN_MS } from '@/pose/clip'
import type { StampedFrame } from '@/pose/frame'
import { C, K } from '@/pose/skeleton'
import type { Film } from './replay/film'

const WIDTH = K * C

/** Times from the first frame on; null of nothing. Frames of another size than the last one's are left out. */
export function filmOfFrames(frames: readonly StampedFrame[]): Film | null {
  const kept = sameSize(frames)
  if (!kept.length) return null
  const poses = new Float32Array(kept.length * WIDTH)
  kept.forEach(({ pose }, i) => poses.set(pose, i * WIDTH))
  const tMs = Float64Array.from(kept, (frame) => Math.round(frame.tMs - kept[0].tMs))
  const { widthPx, heightPx, estimator } = kept[0]
  return { tMs, poses, aspect: widthPx / heightPx, estimator }
}

export const sequenceOfFilm = ({ tMs, poses, aspect }: Film): Sequence => ({ tMs, poses, aspect })

/** Clips one after another, in base64. */
export function packed(frames: readonly StampedFrame[]): string {
  const kept = sameSize(frames)
  if (!kept.length) return ''
  const buffer = new ClipBuffer({ originMs: kept[0].tMs, maxMs: MAX_SPAN_MS - 500 })
  const clips = kept.flatMap((frame) => buffer.push(frame) ?? [])
  const last = buffer.flush()
  return base64([...clips, ...(last ? [last] : [])].map(({ bytes }) => bytes))
}

/** Strictly later each, all of the size and by the estimator of the last one. */
function sameSize(frames: readonly StampedFrame[]): StampedFrame[] {
  const last = frames.at(-1)
  let beforeMs = -Infinity
  return frames.filter(({ widthPx, heightPx, estimator, tMs }) => {
    const fits = widthPx === last?.widthPx && heightPx === last.heightPx && estimator === last.estimator
    const isLater = Math.round(tMs) > beforeMs
    if (fits && isLater) beforeMs = Math.round(tMs)
    return fits && isLater
  })
}

function base64(parts: readonly Uint8Array[]): string {
  let text = ''
  for (const part of parts) for (const byte of part) text += String.fromCharCode(byte)
  return btoa(text)
}
