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
import { jointAngle, type JointAngle } from './jointAngle'
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
/** The side that is used is left for one that is seen this much better. */
const SURER = 0.15
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

type Side = 'left' | 'right'

export class RangeMeter {
  private readonly swings = new Swings()
  private side: Side = 'left'
  private raw: number[] = []
  private value = 0
  private atMs = -Infinity
  private seenMs = -Infinity
  private fresh: Swing[] = []
  private counted: Swing[] = []
  private past: Sample[] = []
  /** Has turned, and is not back yet. */
  private open: Swing | null = null
  /** Of the newest swing that is over. */
  private newest: SwingTempo | null = null
  private reading: RangeReading | null = null

  /** Seconds that the last repetition took on its ways; null where they were not seen. */
  tempo: SwingTempo | null = null

  /** `prior`: the own range of an earlier set of the same exercise. */
  constructor(
    private readonly movement: Movement,
    private readonly prior: Swing | null = null,
  ) {}

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
    const swing = this.swings.push(this.value)
    if (swing) this.fresh = [...this.fresh, swing].slice(-REMEMBERED)
    this.time(swing !== null)
    return (this.reading = this.read())
  }

  /** So many more repetitions count: what moved last is what counts. */
  count(more: number): void {
    this.counted = [...this.counted, ...this.fresh.slice(-more)].slice(-REMEMBERED)
    this.fresh = []
    this.tempo = this.newest
  }

  /** A swing is timed once it is back. */
  private time(isNew: boolean): void {
    if (isNew) this.open = this.fresh[this.fresh.length - 1]
    if (!this.open) return
    const found = swingTempo(this.past, this.open)
    if (!found) return
    this.newest = found
    this.open = null
  }

  private angleOf(frame: Frame): number | null {
    const at = (side: Side) => jointAngle(frame, `${side}_${this.movement.joint}` as AngleName)
    const sides: Record<Side, JointAngle | null> = { left: at('left'), right: at('right') }
    const { left, right } = sides
    if (left && right && this.movement.alternates) {
      return this.movement.opens ? Math.max(left.deg, right.deg) : Math.min(left.deg, right.deg)
    }
    const other: Side = this.side === 'left' ? 'right' : 'left'
    if ((sides[other]?.score ?? 0) > (sides[this.side]?.score ?? 0) + SURER) this.side = other
    return sides[this.side]?.deg ?? null
  }

  private smooth(value: number, tMs: number): void {
    if (tMs - this.seenMs > BLIND_MS) this.forget()
    this.raw = [...this.raw, value].slice(-3)
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
    this.open = null
    this.reading = null
  }

  private read(): RangeReading {
    const { rest, turn } = this.own ?? this.provisional()
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
