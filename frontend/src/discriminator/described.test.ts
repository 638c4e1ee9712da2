// @vitest-environment node
import catalogue from '@facts/exercises.py?raw'
import { describe, expect, it } from 'vitest'
import { emptyPose } from '@/pose/frame'
import { ANGLES, C } from '@/pose/skeleton'
import { described, inDegrees } from './described'
import { track } from './features'
import type { Attempt, Counted } from './reps'
import { sequenceOf, type Sequence } from './sequence'
import { driveOf, MAIN_JOINT, OPENING, ROUND, swingDeg } from './swing'
import { toldAttempt, toldRep } from './told'

const FPS = 20
const KNEE = driveOf('squat')

/** Knees that bend from 170° to each of these and back, 1 s down, `pauseS` there, 1 s up, in a wide picture. */
function knees(turns: number[], pauseS = 0, score = 0.9): Sequence {
  const tMs: number[] = []
  const poses: number[] = []
  const oneS = 2 + pauseS
  for (let i = 0; i < turns.length * oneS * FPS; i++) {
    const s = (i / FPS) % oneS
    const way = s < 1 ? s : s < 1 + pauseS ? 1 : oneS - s
    const depth = (1 - Math.cos(Math.PI * way)) / 2
    const turn = turns[Math.floor(i / FPS / oneS)]
    tMs.push((1000 * i) / FPS)
    poses.push(...standing(170 - depth * (170 - turn), score))
  }
  return sequenceOf(tMs, poses, 2)
}

/** A trunk that keeps still, and one leg. */
function standing(kneeDeg: number, score: number): Float32Array {
  const pose = emptyPose()
  for (let k = 0; k < pose.length / C; k++) pose.set([0.4 + k / 200, 0.2 + k / 50, 0.9], k * C)
  const [hip, knee, ankle] = ANGLES.left_knee
  const radians = (kneeDeg * Math.PI) / 180
  pose.set([0.5, 0.5, score], knee * C)
  pose.set([0.5, 0.3, score], hip * C)
  pose.set([0.5 + (0.2 * Math.sin(radians)) / 2, 0.5 - 0.2 * Math.cos(radians), score], ankle * C)
  for (const k of ANGLES.right_knee) pose[k * C + 2] = 0
  return pose
}

const span = (startS: number, endS: number): Counted => ({ startS, endS, confidence: 0.9 })

describe('described', () => {
  it('measures the way down, the pause and the way up', () => {
    const sequence = knees([90], 1)
    const rep = described(span(0, 3), sequence, track(sequence), KNEE)
    expect(rep.turnS).toBeGreaterThanOrEqual(1)
    expect(rep.turnS).toBeLessThanOrEqual(2)
    expect(rep.romDeg).toBeGreaterThan(76)
    expect(rep.romDeg).toBeLessThanOrEqual(80)
    // 85 % of the way counts as being there; frames are 50 ms apart.
    expect(Math.abs(rep.tempoS.down - 0.75)).toBeLessThan(0.11)
    expect(Math.abs(rep.tempoS.pause - 1.5)).toBeLessThan(0.11)
    expect(Math.abs(rep.tempoS.up - 0.75)).toBeLessThan(0.11)
  })

  it('finds the turn and the way down in a span that begins there', () => {
    const sequence = knees([90, 90], 1)
    const rep = described(span(1.5, 4.5), sequence, track(sequence), KNEE)
    expect(Math.min(Math.abs(rep.turnS - 1.5), Math.abs(rep.turnS - 4.5))).toBeLessThan(0.6)
    expect(Math.abs(rep.tempoS.down - 0.75)).toBeLessThan(0.25)
    expect(Math.abs(rep.tempoS.pause - 1.5)).toBeLessThan(0.25)
    expect(Math.abs(rep.tempoS.up - 0.75)).toBeLessThan(0.25)
  })

  it('has no range where the joint is not seen, and a turn within the span all the same', () => {
    const sequence = knees([90], 0, 0.1)
    const rep = described(span(0, 2), sequence, track(sequence), KNEE)
    expect(rep.romDeg).toBeNull()
    expect(rep.turnS).toBeGreaterThanOrEqual(0)
    expect(rep.turnS).toBeLessThanOrEqual(2)
  })

  it('is told as the server tells it', () => {
    const sequence = knees([90])
    const told = toldRep(described(span(0, 2), sequence, track(sequence), KNEE), 4)
    expect(told).toMatchObject({ index: 4, start_ms: 0, end_ms: 2_000 })
    expect(told.rom_deg).toBe(Math.round(10 * (told.rom_deg ?? 0)) / 10)
  })
})

describe('inDegrees', () => {
  const sequence = knees([90, 90, 130])
  const source = track(sequence)
  const reps = [span(0, 2), span(2, 4)].map((one) => described(one, sequence, source, KNEE))
  const attempt: Attempt = { startS: 4, endS: 6, reason: 'too_small' }

  it('says how far it went, of how far repetitions go', () => {
    const told = toldAttempt(inDegrees(attempt, reps, sequence, KNEE))
    expect(told).toMatchObject({ start_ms: 4_000, reason: 'too_small' })
    expect(told?.rom_deg).toBeCloseTo(39.5, 0)
    expect(told?.needed_deg).toBeGreaterThan(76)
  })

  it.each([
    ['it went as far', { ...attempt, startS: 0, endS: 2 }, reps],
    ['it was too fast', { ...attempt, reason: 'too_fast' as const }, reps],
    ['nothing has counted', attempt, []],
  ])('has no degrees where %s', (_, one, counted) => {
    expect(toldAttempt(inDegrees(one, counted, sequence, KNEE))).toMatchObject({
      rom_deg: null,
      needed_deg: null,
    })
  })
})

describe('swingDeg', () => {
  it('knows the main joint of every exercise, as the catalogue has it', () => {
    const found = [...catalogue.matchAll(/ExerciseSpec\(\s*"(\w+)",[^(]*?\("(\w+)"/g)]
    expect(Object.fromEntries(found.map(([, slug, joint]) => [slug, joint]))).toEqual(MAIN_JOINT)
  })

  it('knows which way every exercise goes, as the catalogue has it', () => {
    const specs = catalogue.split('ExerciseSpec(').slice(1)
    const slugs = (word: string) =>
      specs.filter((spec) => spec.includes(word)).map((spec) => /"(\w+)"/.exec(spec)?.[1])
    expect(slugs('opens=True')).toEqual(OPENING)
    expect(slugs('opens=None')).toEqual(ROUND)
  })

  it('has none without a size of the picture', () => {
    expect(swingDeg({ ...knees([90]), aspect: null }, 0, 20, 'knee')).toBeNull()
  })
})
