import { computed, type ComputedRef, type Ref } from 'vue'
import type { Compared } from '@/composables/useComparison'
import { spanOf, type SetEvent } from '@/lib/reps'
import type { Body } from '@/lib/replay/draw'
import { during, poseAt, type Film } from '@/lib/replay/film'
import { bestSeen, degreesAt, keypointsNamed, type Joint } from '@/lib/replay/joints'
import { beatsOf } from '@/lib/replay/moments'
import { phaseAt, timeAt } from '@/lib/replay/phase'
import type { Placement } from '@/lib/replay/placement'
import type { Question } from '@/lib/replay/question'
import { sceneOf, sceneOfBoth, type Scene } from '@/lib/replay/scene'

interface Options {
  film: () => Film
  /** The movement that is looked at; null is the whole film. */
  event: ComputedRef<SetEvent | null>
  compared: ComputedRef<Compared | null>
  question: ComputedRef<Question>
  /** The angle that drives the exercise. */
  mainJoint: () => string | null
  atMs: Readonly<Ref<number>>
}

interface ReplayScene {
  scene: ComputedRef<Scene>
  own: ComputedRef<Body[]>
  /** The better repetition at the same phase; null where nothing is compared. */
  other: ComputedRef<Body[] | null>
  /** Both in one place, the better one faint. */
  both: ComputedRef<Body[]>
  degrees: ComputedRef<number | null>
  otherDegrees: ComputedRef<number | null>
}

interface Moment {
  film: Film
  atMs: number
  joint: Joint | null
  lit: readonly number[]
  placement: Placement
}

const bodies = ({ film, atMs, ...drawn }: Moment, ghost = false): Body[] => {
  const pose = poseAt(film, atMs)
  return pose ? [{ pose, aspect: film.aspect, ghost, ...drawn }] : []
}

function degreesOf({ film, atMs, joint }: Moment): number | null {
  const pose = joint && poseAt(film, atMs)
  return pose && joint ? degreesAt(pose, joint, film.aspect) : null
}

const seenJoint = (name: string | null, film: Film, event: SetEvent | null): Joint | null => {
  if (name === null) return null
  const { start_ms, end_ms } = event ? spanOf(event) : { start_ms: -Infinity, end_ms: Infinity }
  return bestSeen(name, during(film, start_ms, end_ms))
}

/** What a replay draws at a moment: one body, or two at the same phase of their movements. */
export function useReplayScene({ film, event, compared, question, mainJoint, atMs }: Options): ReplayScene {
  const pair = computed(() => {
    if (!event.value || !compared.value) return null
    const { film: theirs, event: better } = compared.value
    return {
      own: { film: film(), beats: beatsOf(event.value, film(), mainJoint()) },
      other: { film: theirs, beats: beatsOf(better, theirs, mainJoint()) },
    }
  })
  const scene = computed(() => (pair.value ? sceneOfBoth(pair.value.own, pair.value.other) : sceneOf(film())))
  const joint = computed(() => seenJoint(question.value.angle, film(), event.value))
  const otherJoint = computed(() =>
    compared.value ? seenJoint(question.value.angle, compared.value.film, compared.value.event) : null,
  )
  /** Where an angle is drawn it is mark enough. */
  const litBeside = (shown: Joint | null): readonly number[] =>
    shown === null && question.value.joint ? keypointsNamed(question.value.joint) : []

  const mine = computed<Moment>(() => ({
    film: film(),
    atMs: atMs.value,
    joint: joint.value,
    lit: litBeside(joint.value),
    placement: scene.value.own,
  }))
  const theirs = computed<Moment | null>(() => {
    if (!pair.value || !scene.value.other) return null
    const { own, other } = pair.value
    return {
      film: other.film,
      atMs: timeAt(other.beats, phaseAt(own.beats, atMs.value)),
      joint: otherJoint.value,
      lit: litBeside(otherJoint.value),
      placement: scene.value.other,
    }
  })

  const own = computed(() => bodies(mine.value))
  const other = computed(() => theirs.value && bodies(theirs.value))
  return {
    scene,
    own,
    other,
    both: computed(() => [...(theirs.value ? bodies(theirs.value, true) : []), ...own.value]),
    degrees: computed(() => degreesOf(mine.value)),
    otherDegrees: computed(() => theirs.value && degreesOf(theirs.value)),
  }
}
