/** Which part of the world a replay shows, and where in it each body stands. */
import { during, type Film } from './film'
import type { Beats } from './phase'
import { anchorPair, AS_FILMED, around, boxOf, normalised, type Box, type Placement } from './placement'

/** One movement on one film. */
export interface Take {
  film: Film
  beats: Beats
}

export interface Scene {
  view: Box
  own: Placement
  /** Of the movement that it is compared with. */
  other: Placement | null
}

const picture = ({ aspect }: Film): Box => ({ left: 0, top: 0, right: aspect, bottom: 1 })

/** A film alone stands still: what the body covers in all of it. */
export const sceneOf = (film: Film): Scene => ({
  view: boxOf(film) ?? picture(film),
  own: AS_FILMED,
  other: null,
})

/** Two movements at the same place and size, by what stands still in the better one. */
export function sceneOfBoth(own: Take, other: Take): Scene {
  const [mine, theirs] = [own, other].map(({ film, beats }) => during(film, beats.start_ms, beats.end_ms))
  const pair = anchorPair(theirs) ?? anchorPair(mine)
  const placements = { own: normalised(mine, pair), other: normalised(theirs, pair) }
  const [a, b] = [boxOf(mine, placements.own), boxOf(theirs, placements.other)]
  if (!a || !b) return { ...sceneOf(own.film), ...placements, view: a ?? b ?? picture(own.film) }
  return { ...placements, view: around(a, b) }
}
