/**
 * How far the movement has come now, in shares of the athlete's own range in this set.
 *
 * Works at the rate of the poses, so it moves with the athlete and does not wait for the count. The scale is the
 * median of the swings that were counted; until the first one it is the last set's, or what was seen in the last
 * seconds. It counts nothing itself.
 */
import { median } from '@/lib/format'
import type { Movement } from '@/lib/movement'
import type { Frame } from './frame'
import { jointAngle } from './jointAngle'
import { JointSide } from './jointSide'
import type { AngleName } from './skeleton'
import { Swings, type Swing } from './swings'
import { swingTempo, type Sample, type SwingTempo } from './swingTempo'

export interface RangeReading {
  /** 0 where the movement starts, 1 where repetitions usually turn, at most `MOST`. */
  share: number
  /** From which share on repetitions have counted in this set; null before the first. */
  mark: number | null
  /** Whether the movement that is under way has come as far as the mark. */
  isReached: boolean
  /** From where the movement starts, degrees. */
  deg: number
}

export const MOST = 1.2
/** A joint out of sight for longer is not shown; for less, the last reading stands. */
const BLIND_MS = 500
/** Time constant of the smoothing, after a median over three frames. */
const SMOOTH_MS = 60
/** From slower pictures on a median over three would come too late. */
const SLOW_MS = 130
const REMEMBERED = 8
/** Longer than any repetition. */
const KEPT_MS = 20_000
/** Before anything was counted: the range of so long, and no less than so much. */
const PROVISIONAL_MS = 8_000
const LEAST_RANGE_DEG = 50
/** A mark nearer to the start would say nothing. */
const LEAST_MARK = 0.4
/** Once reached, it is left when the movement has come back this far below the mark. */
const RELEASE = 0.25

/** Of the usual range: less is no repetition. */
const LEAST_SIZE = 0.4

/** With its tempo, once it is back. */
interface Timed extends Swing {
  tempo: SwingTempo | null
}

const sizeOf = ({ rest, turn }: Swing): number => turn - rest

export class RangeMeter {
  private readonly swings = new Swings()
  private readonly side = new JointSide()
  private raw: number[] = []
  private value = 0
  private atMs = -Infinity
  private seenMs = -Infinity
  /** Since the last count. */
  private fresh: Timed[] = []
  private counted: Swing[] = []
  private past: Sample[] = []
  private reading: RangeReading | null = null

  /** What counted last; it may not be back yet. */
  private lastCounted: Timed | null = null

  /** `prior`: the own range of an earlier set of the same exercise. */
  constructor(
    private readonly movement: Movement,
    private readonly prior: Swing | null = null,
  ) {}

  /** Seconds that the last repetition took on its ways; null where they were not seen. */
  get tempo(): SwingTempo | null {
    return this.lastCounted?.tempo ?? null
  }

  /** The athlete's range so far; null before anything was counted. */
  get own(): Swing | null {
    if (!this.counted.length) return this.prior
    return {
      rest: median(this.counted.map(({ rest }) => rest)) as number,
      turn: median(this.counted.map(({ turn }) => turn)) as number,
    }
  }

  /** Takes a frame; answers null while the joint is not seen. */
  push(frame: Frame): RangeReading | null {
    const angle = this.angleOf(frame)
    if (angle === null) {
      if (frame.tMs - this.seenMs > BLIND_MS) this.forget()
      return this.reading
    }
    this.smooth(this.movement.opens ? angle : -angle, frame.tMs)
    const own = this.own ?? this.provisional()
    const swing = this.swings.push(this.value, own.turn - own.rest)
    if (swing) this.fresh = [...this.fresh, { ...swing, tempo: null }].slice(-REMEMBERED)
    for (const last of [this.fresh.at(-1), this.lastCounted]) {
      if (last) last.tempo ??= swingTempo(this.past, last)
    }
    return (this.reading = this.read(own))
  }

  /** So many more repetitions count: the largest movements since the last count are what counts. */
  count(more: number): void {
    const bySize = [...this.fresh].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, more)
    const counting = this.fresh.filter((swing) => bySize.includes(swing))
    const usual = this.own && sizeOf(this.own)
    this.lastCounted = counting.at(-1) ?? null
    // What was counted while the joint was hidden shows a shake at most.
    const whole = counting.filter((swing) => sizeOf(swing) >= LEAST_SIZE * (usual ?? 0))
    this.counted = [...this.counted, ...whole].slice(-REMEMBERED)
    this.fresh = []
  }

  private angleOf(frame: Frame): number | null {
    const at = (side: string) => jointAngle(frame, `${side}_${this.movement.joint}` as AngleName)
    const [left, right] = [at('left'), at('right')]
    if (left && right && this.movement.alternates) {
      return this.movement.opens ? Math.max(left.deg, right.deg) : Math.min(left.deg, right.deg)
    }
    return this.side.choose({ left, right }, frame.tMs)?.deg ?? null
  }

  private smooth(value: number, tMs: number): void {
    if (tMs - this.seenMs > BLIND_MS) this.forget()
    this.raw = [...this.raw, value].slice(tMs - this.atMs > SLOW_MS ? -1 : -3)
    const steady = median(this.raw) as number
    const share = 1 - Math.exp(-Math.max(0, tMs - this.atMs) / SMOOTH_MS)
    this.value = this.raw.length === 1 ? steady : this.value + share * (steady - this.value)
    this.atMs = this.seenMs = tMs
    this.past.push({ tMs, value: this.value })
    while (this.past[0].tMs < tMs - KEPT_MS) this.past.shift()
  }

  private forget(): void {
    this.swings.reset()
    this.raw = []
    this.past = []
    this.reading = null
  }

  private read({ rest, turn }: Swing): RangeReading {
    const shareOf = (value: number): number => (value - rest) / (turn - rest)
    const least = Math.min(...this.counted.map((swing) => shareOf(swing.turn)))
    const mark = this.counted.length ? Math.min(1, Math.max(LEAST_MARK, least)) : null
    const share = Math.min(MOST, Math.max(0, shareOf(this.value)))
    const was = this.reading?.isReached ?? false
    const isReached = mark !== null && share >= (was ? mark - RELEASE : mark)
    return { share, mark, isReached, deg: Math.max(0, this.value - rest) }
  }

  private provisional(): Swing {
    const values = this.past.filter(({ tMs }) => tMs >= this.atMs - PROVISIONAL_MS).map(({ value }) => value)
    const rest = Math.min(...values)
    return { rest, turn: Math.max(rest + LEAST_RANGE_DEG, ...values) }
  }
}
