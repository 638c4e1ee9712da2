/**
 * Keeps the estimator's eye on the athlete: which square of the picture to look at, and turned how.
 *
 * PoseNet was taught on people who stand, so a lying body is looked at with the head turned. Stateful; knows
 * nothing of networks: sights in, views out.
 */
import { nextCrop } from './crop'
import type { Pose } from './frame'
import { C, HIPS, KEYPOINTS, SHOULDERS } from './skeleton'
import { down, TURNS_DEG, wholeView, type Size, type View } from './view'

/** What was found through a view: the pose in [0, 1] of the picture. */
export interface Sight {
  view: View
  pose: Pose
}

const FIRST_OF_BODY = KEYPOINTS.indexOf('left_shoulder')
/** How much an upright trunk counts beside the mean score; chosen on push-ups, see docs/experiments.md. */
const UPRIGHT_WEIGHT = 0.3
/** With at least this trust no other view is tried: somebody stands well in view. */
const CONTENT = 1
/** By how much another view has to be better; the first time any gain will do. */
const MARGIN = 0.07
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 4_000
/** Who is seen this much worse than at the last checks may have lain down: no need to wait for so long. */
const WORSE = 0.05
const WAIT_OF_WORSE = 0.25
const REMEMBERED = 2

/** Mean score of shoulders, elbows, wrists, hips, knees and ankles, in [0, 1]. */
export function certainty(pose: Pose): number {
  let sum = 0
  for (let i = FIRST_OF_BODY * C; i < pose.length; i += C) sum += pose[i + 2]
  return sum / (pose.length / C - FIRST_OF_BODY)
}

/** Cosine between the trunk and the view's downward direction: 1 standing, 0 lying, -1 on the head. */
export function uprightness({ pose, view }: Sight, { widthPx, heightPx }: Size): number {
  const along = (c: number) =>
    pose[HIPS[0] * C + c] + pose[HIPS[1] * C + c] - pose[SHOULDERS[0] * C + c] - pose[SHOULDERS[1] * C + c]
  const x = along(0) * widthPx
  const y = along(1) * heightPx
  const [downX, downY] = down(view.turnDeg)
  return (x * downX + y * downY) / Math.max(Math.hypot(x, y), 1e-6)
}

/** How far a sight can be believed: sure of its keypoints, and of a body that stands in the view. */
export function trust(sight: Sight, size: Size): number {
  return certainty(sight.pose) + UPRIGHT_WEIGHT * uprightness(sight, size)
}

export class Follower {
  private view: View | null = null
  private size: Size | null = null
  private waitMs = FIRST_WAIT_MS
  private checkedMs = -Infinity
  /** Of the last checks that changed nothing: how far the sights could be believed. */
  private trusted: number[] = []

  /** `turns`: whether the estimator needs lying bodies turned upright. */
  constructor(private readonly options: { turns: boolean }) {}

  /** Looks at this view next, whatever was seen before. */
  turnTo(view: View, size: Size): void {
    this.view = view
    this.size = size
  }

  /** Where to look first in the next picture. A picture of another size is another scene. */
  look(size: Size): View {
    const { view, size: known } = this
    const isSame = known?.widthPx === size.widthPx && known.heightPx === size.heightPx
    return view && isSame ? view : wholeView(size)
  }

  /** Other views that this picture is worth, given what was seen first; mostly none. */
  doubts(first: Sight, size: Size, tMs: number): View[] {
    const now = trust(first, size)
    if (!this.options.turns || now >= CONTENT || !this.isDue(now, tMs)) return []
    const others = TURNS_DEG.filter((turnDeg) => turnDeg !== first.view.turnDeg)
    return others.map((turnDeg) => ({ ...first.view, turnDeg }))
  }

  /** Chooses among what was seen in one picture, the first look first, and looks there from now on. */
  settle<S extends Sight>(sights: readonly S[], size: Size, tMs: number): S {
    const chosen = sights.length > 1 ? this.choose(sights, size, tMs) : sights[0]
    this.view = nextCrop(chosen, size)
    this.size = size
    return chosen
  }

  private isDue(trusted: number, tMs: number): boolean {
    const waitedMs = tMs - this.checkedMs
    const isWorse = trusted < Math.min(...this.trusted) - WORSE
    return waitedMs >= (isWorse ? WAIT_OF_WORSE : 1) * this.waitMs
  }

  private choose<S extends Sight>(sights: readonly S[], size: Size, tMs: number): S {
    const [first, ...others] = sights
    const best = others.reduce((a, b) => (trust(b, size) > trust(a, size) ? b : a))
    const gain = trust(best, size) - trust(first, size)
    const isFirst = this.checkedMs === -Infinity
    const changes = gain > (isFirst ? 0 : MARGIN)
    this.waitMs = changes ? FIRST_WAIT_MS : Math.min(2 * this.waitMs, LONGEST_WAIT_MS)
    this.trusted = changes ? [] : [trust(first, size), ...this.trusted].slice(0, REMEMBERED)
    this.checkedMs = tMs
    return changes ? best : first
  }
}
