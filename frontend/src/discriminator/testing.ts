/** The golden vectors that `models/golden.py` writes: what Python answers about generated sequences. */
import golden from '@facts/weights/golden.json'
import type { Sequence } from './sequence'

export interface GoldenCase {
  name: string
  sequence: Sequence
  rateHz: number
  visible: number[]
  samples: Float32Array
  slopeDeg: number
  /** What ONNX answers about the samples: (N, 4) and class logits. */
  track: Float32Array
  classes: Float32Array
  answer: GoldenAnswer
  /** The answer about its first two thirds, as of a set that goes on. */
  open: GoldenAnswer
}

export interface GoldenAnswer {
  exercise: string | null
  confidence: number
  /** start_ms, end_ms, confidence, turn_ms, rom_deg, tempo_s: down, pause, up. */
  reps: [number, number, number, number, number | null, number, number, number][]
  /** start_ms, end_ms, reason, rom_deg, needed_deg. */
  attempts: [number, number, string, number | null, number | null][]
  hold_s: number | null
}

const bytes = (text: string): ArrayBuffer => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer
const floats = (text: string): Float32Array => new Float32Array(bytes(text))

/** Cases of a file that `models/golden.py` wrote. */
export const casesOf = (facts: Pick<typeof golden, 'cases'>): GoldenCase[] =>
  facts.cases.map(({ name, aspect, t_ms, poses, features, network, answer, open }) => ({
    name,
    sequence: {
      tMs: Float64Array.from(t_ms),
      poses: Float32Array.from(new Uint16Array(bytes(poses)), (steps) => steps / 65_535),
      aspect,
    },
    rateHz: features.rate_hz,
    visible: features.visible,
    samples: floats(features.samples),
    slopeDeg: features.slope_deg,
    track: floats(network.track),
    classes: floats(network.classes),
    answer: answer as unknown as GoldenAnswer,
    open: open as unknown as GoldenAnswer,
  }))

export const GOLDEN: readonly GoldenCase[] = casesOf(golden)

/** Samples (T, F) and what Keras answered about them: track (T, 4) and class logits. */
export const NETWORK = {
  samples: floats(golden.network.samples),
  track: floats(golden.network.track),
  classes: floats(golden.network.classes),
}

/** The greatest difference between two arrays of the same length. */
export function farthest(found: ArrayLike<number>, right: ArrayLike<number>): number {
  if (found.length !== right.length) throw new Error(`${found.length} values instead of ${right.length}`)
  let most = 0
  for (let i = 0; i < found.length; i++) {
    const off = Math.abs(found[i] - right[i])
    if (!(off <= most)) most = off
  }
  return most
}
