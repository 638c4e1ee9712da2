/** Follows an angle that goes there and back, and tells each way from where it started to where it turned. */

/** In degrees that grow towards the turn. */
export interface Swing {
  rest: number
  turn: number
}

/** A turn is believed when the angle has come back this share of the usual range, and no less than so many degrees. */
const SHARE_BACK = 0.35
const LEAST_BACK = 12

export class Swings {
  private low: number | null = null
  private high = 0
  private isAway = false

  /** Takes the angle of now and the range that is usual; answers a swing when its turn is sure. */
  push(deg: number, rangeDeg: number): Swing | null {
    if (this.low === null) {
      this.low = this.high = deg
      return null
    }
    const back = Math.max(LEAST_BACK, SHARE_BACK * rangeDeg)
    if (!this.isAway) {
      this.low = Math.min(this.low, deg)
      if (deg < this.low + back) return null
      this.isAway = true
      this.high = deg
      return null
    }
    this.high = Math.max(this.high, deg)
    if (deg > this.high - back) return null
    const swing = { rest: this.low, turn: this.high }
    this.isAway = false
    this.low = deg
    return swing
  }

  /** The joint was out of sight: where the movement is now, nobody knows. */
  reset(): void {
    this.low = null
    this.isAway = false
  }
}
