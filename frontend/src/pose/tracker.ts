/**
 * Keeps hold of the athlete among several people: who in this picture is who of the last ones.
 *
 * Stateful; knows poses alone, nothing of pictures or networks. Every person keeps an id from picture to picture; one of
 * them is the athlete.
 */
import { certainty } from './follower'
import type { Pose } from './frame'
import { boxOf, oks, overlap } from './oks'
import { Person } from './person'

/** Least likeness from picture to picture; poses of two people hardly ever have more. */
const ALIKE = 0.15
/** More likeness than this in one picture: one body found twice. */
const TWICE = 0.5
/** Nobody new appears where more than this share of a box is somebody else's. */
const SAME_PLACE = 0.6
/** Whoever is this uncertain is a shadow, not a person. */
export const SOMEBODY = 0.2
/** Gone for longer, the athlete is whoever comes into the picture. */
const LOST_MS = 1_500
/** Gone for longer, the athlete has handed over to whoever is there. */
const GONE_MS = 8_000
/** Others are remembered so long after they were last seen. */
const FORGET_MS = 3_000

export class Tracker {
  athlete: Person | null = null
  others: readonly Person[] = []
  private nextId = 1

  /**
   * Takes everybody who was found in one picture, in [0, 1] of it. Answers the athlete's pose; null while away.
   *
   * aspect: width over height of the picture.
   */
  update(found: readonly Pose[], tMs: number, aspect: number): Pose | null {
    const poses = distinct(found, aspect)
    const pairs = pairsOf(this.everybody, poses, tMs, aspect)
    for (const [person, pose] of pairs) person.moveTo(pose, tMs)
    const met = new Set(pairs.values())
    const newcomers = poses
      .filter((pose) => !met.has(pose) && this.isApart(pose, tMs))
      .map((pose) => new Person(this.nextId++, pose, tMs))
    const lasting = this.others.filter((person) => tMs - person.tMs <= FORGET_MS)
    this.athlete = this.athleteAmong(newcomers, lasting, tMs)
    // By pose, since an athlete who is back keeps the old id.
    this.others = [...lasting, ...newcomers].filter(({ pose }) => pose !== this.athlete?.pose)
    return this.athlete?.tMs === tMs ? this.athlete.pose : null
  }

  /** The athlete's pose among these; the surest one while nobody is known, null where none is alike. Changes nothing. */
  find(found: readonly Pose[], tMs: number, aspect: number): Pose | null {
    if (!this.athlete) return distinct(found, aspect)[0] ?? null
    return pairsOf(this.everybody, distinct(found, aspect), tMs, aspect).get(this.athlete) ?? null
  }

  /** Takes the pose of the one person in view, whoever it is: where nobody else is, nobody is taken for another. */
  accept(pose: Pose, tMs: number): void {
    if (certainty(pose) < SOMEBODY) return
    this.others = []
    if (this.athlete) this.athlete.moveTo(pose, tMs)
    else this.athlete = new Person(this.nextId++, pose, tMs)
  }

  /** From now on the athlete is the person at this point, in [0, 1] of the picture, else the one nearest to it. */
  choose(x: number, y: number, aspect: number): void {
    const far = (person: Person) => person.distanceTo(x, y, aspect)
    this.appoint(this.everybody.sort((a, b) => far(a) - far(b))[0])
  }

  /** From now on the athlete is the next person to the right, after the last one the first. */
  chooseNext(): void {
    const people = this.everybody.sort((a, b) => a.middle[0] - b.middle[0])
    const at = people.findIndex((person) => person === this.athlete)
    this.appoint(people[(at + 1) % people.length])
  }

  private get everybody(): Person[] {
    return this.athlete ? [this.athlete, ...this.others] : [...this.others]
  }

  /** Whether nobody in view has the same place: a body half hidden by another shows itself soon, a shadow never does. */
  private isApart(pose: Pose, tMs: number): boolean {
    const box = boxOf(pose)
    const inView = this.everybody.filter((person) => person.tMs === tMs).map((person) => boxOf(person.pose))
    return box !== null && inView.every((other) => !other || overlap(box, other) < SAME_PLACE)
  }

  private appoint(person: Person | undefined): void {
    if (!person) return
    this.others = this.everybody.filter((other) => other !== person)
    this.athlete = person
  }

  private athleteAmong(newcomers: readonly Person[], lasting: readonly Person[], tMs: number): Person | null {
    const { athlete } = this
    if (!athlete) return largest(newcomers)
    if (tMs - athlete.tMs <= LOST_MS) return athlete
    // Those who were there all along are not the athlete who left: whoever comes in is.
    const back = largest(newcomers)
    if (back) return new Person(athlete.id, back.pose, tMs)
    if (tMs - athlete.tMs <= GONE_MS) return athlete
    return largest(lasting.filter((person) => person.tMs === tMs)) ?? athlete
  }
}

/** Each person with the pose that is theirs, the most alike first. */
function pairsOf(
  people: readonly Person[],
  poses: readonly Pose[],
  tMs: number,
  aspect: number,
): Map<Person, Pose> {
  const likely = people
    .flatMap((person) =>
      poses.map((pose) => ({ person, pose, likeness: person.likeness(pose, tMs, aspect) })),
    )
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
  const pairs = new Map<Person, Pose>()
  const given = new Set<Pose>()
  for (const { person, pose } of likely) {
    if (pairs.has(person) || given.has(pose)) continue
    pairs.set(person, pose)
    given.add(pose)
  }
  return pairs
}

/** The surest first, without shadows and without those that are one body found twice. */
export function distinct(found: readonly Pose[], aspect: number): Pose[] {
  const kept: Pose[] = []
  for (const pose of [...found].sort((a, b) => certainty(b) - certainty(a))) {
    if (certainty(pose) < SOMEBODY) break
    if (kept.every((other) => oks(other, pose, aspect) < TWICE)) kept.push(pose)
  }
  return kept
}

function largest(people: readonly Person[]): Person | null {
  return people.reduce<Person | null>((a, b) => (a && a.size >= b.size ? a : b), null)
}
