// @vitest-environment node
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '@/discriminator/analysis'
import { sequenceOf } from '@/discriminator/sequence'
import { shipped } from '@/discriminator/shipped'
import { play, poseAt, visitsOf, type Visit } from './visits'

const FILE = resolve(process.cwd(), '../tests/fixtures/positioning.json')
const VISITS = visitsOf(JSON.parse(readFileSync(FILE, 'utf8')) as Parameters<typeof visitsOf>[0])
const TARGET = 5
/** What a look at the whole set costs keeps the test to some of them; docs/experiments/positioning.md has all. */
const COUNTED = ['squat', 'bicep_curl', 'shoulder_press']
/** The network puts a repetition's middle this exactly. */
const SLACK_MS = 300

const lastOf = ({ ends_s }: Visit): number => 1_000 * ends_s[ends_s.length - 1]

describe.each(VISITS.map((visit) => [visit.exercise, visit] as const))(
  'somebody comes for %s',
  (_, visit) => {
    const { film, sets } = play(visit, TARGET)

    it('has one set, which begins before the first repetition and ends with the target', () => {
      expect(sets).toHaveLength(1)
      expect(sets[0].fromMs).toBeLessThan(1_000 * film.starts_s[0])
      expect(sets[0].toMs).toBeGreaterThanOrEqual(lastOf(film))
      expect(sets[0].toMs).toBeLessThan(lastOf(film) + 3_000)
      expect(sets[0].why).toBe('target')
    })

    it('has one set without a target too, which ends by rest or leaving', () => {
      const free = play(visit)
      expect(free.sets).toHaveLength(1)
      expect(free.sets[0].toMs).toBeGreaterThanOrEqual(lastOf(free.film))
      expect(['rest', 'left']).toContain(free.sets[0].why)
    })
  },
)

describe('getting into position', { timeout: 240_000 }, () => {
  it('adds no repetition, and costs none', async () => {
    const network = await shipped()
    for (const visit of VISITS.filter(({ exercise }) => COUNTED.includes(exercise))) {
      const { film, sets } = play(visit, TARGET)
      const { fromMs, toMs } = sets[0]
      const kept = [...film.tMs.keys()].filter((i) => film.tMs[i] >= fromMs && film.tMs[i] <= toMs)
      const times = kept.map((i) => film.tMs[i] - fromMs)
      const poses = kept.flatMap((i) => Array.from(poseAt(film, i)))
      const sequence = sequenceOf(times, poses, film.aspect)
      const { reps } = analyze(sequence, network, { exercise: film.exercise })
      const middles = reps.map(({ startS, endS }) => fromMs + 500 * (startS + endS))
      expect(middles).toHaveLength(film.starts_s.length)
      expect(middles[0]).toBeGreaterThan(1_000 * film.starts_s[0] - SLACK_MS)
      expect(middles[middles.length - 1]).toBeLessThan(lastOf(film) + SLACK_MS)
    }
  })
})
