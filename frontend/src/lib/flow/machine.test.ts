import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPose, type Pose } from '@/pose/frame'
import type { FlowEvent } from './events'
import { DEFAULTS, SessionFlow, type FlowOptions } from './machine'
import { needsOf } from './needs'
import { ASPECT, person } from './testing'

const STEP_MS = 100
const nobody = emptyPose()
const standing = person()
const squats = needsOf({ slug: 'squat', view: 'any', kind: 'reps' })
const planks = needsOf({ slug: 'plank', view: 'side', kind: 'hold' })

describe('SessionFlow', () => {
  let flow: SessionFlow
  let told: FlowEvent[]
  let nowMs: number

  function setUp(options: Partial<FlowOptions> = {}): void {
    nowMs = 0
    told = []
    flow = new SessionFlow((event) => told.push(event))
    flow.configure({ ...DEFAULTS, needs: squats, ...options })
  }

  /** Ten pictures a second for so long. */
  function see(pose: Pose | ((ms: number) => Pose), seconds: number): void {
    for (const until = nowMs + 1_000 * seconds; nowMs < until; nowMs += STEP_MS) {
      flow.see(typeof pose === 'function' ? pose(nowMs) : pose, ASPECT, nowMs)
    }
  }
  const walking = (ms: number) => person({ x: 0.5 + 0.25 * Math.sin(ms / 700) })
  const squatting = (ms: number) => person({ height: 0.6 + 0.1 * Math.sin(ms / 400) })
  const states = () => told.flatMap((event) => (event.type === 'state' ? event.state : []))
  const ends = () => told.flatMap((event) => (event.type === 'set_ended' ? event.why : []))
  const count = (reps: number, holdS = 0) => flow.count({ reps, holdS }, nowMs)

  /** Into a set by standing still. */
  function exercise(options: Partial<FlowOptions> = {}): void {
    setUp(options)
    see(standing, 7)
    expect(flow.state).toBe('exercising')
  }

  beforeEach(() => setUp())

  describe('into a set', () => {
    it('comes from an empty room over standing still and a countdown', () => {
      see(nobody, 2)
      expect([flow.state, flow.guidance]).toEqual(['no_person', 'nobody'])
      see(walking, 3)
      expect(told).not.toContainEqual(expect.objectContaining({ type: 'tick' }))
      see(standing, 6)
      expect(states()).toEqual(['ready', 'countdown', 'exercising'])
      expect(told.flatMap((event) => (event.type === 'tick' ? event.left : []))).toEqual([3, 2, 1])
      expect(told.at(-1)).toEqual({ type: 'go' })
    })

    it('does not begin while the feet are out of the picture, and says so', () => {
      see(person({ ground: 1.1, height: 0.8 }), 10)
      expect([flow.state, flow.guidance]).toEqual(['positioning', 'feet_cut'])
    })

    it('does not begin with a plank that stands', () => {
      setUp({ needs: planks })
      see(standing, 10)
      expect([flow.state, flow.guidance]).toEqual(['positioning', 'get_down'])
    })

    it('advises to turn, and does not insist', () => {
      setUp({ needs: needsOf({ slug: 'lunge', view: 'side', kind: 'reps' }) })
      see(standing, 2)
      expect([flow.state, flow.guidance]).toEqual(['positioning', 'turn_side'])
      see(standing, 6)
      expect(flow.state).toBe('exercising')
    })

    it('begins with one raised hand, wherever one stands', () => {
      see(person({ handsUp: 1, height: 0.25, ground: 0.6 }), 2)
      expect(flow.state).toBe('countdown')
    })

    it('is called off by both hands, and goes on with one', () => {
      see(standing, 3)
      expect(flow.state).toBe('countdown')
      see(person({ handsUp: 2, height: 0.5 }), 2)
      expect(flow.state).toBe('paused')
      see(standing, 20)
      expect(flow.state).toBe('paused')
      see(person({ handsUp: 1, height: 0.5 }), 1.5)
      expect(states().at(-1)).not.toBe('paused')
    })

    it('lets people take hold of a bar without pausing', () => {
      setUp({ needs: needsOf({ slug: 'pull_up', view: 'front', kind: 'reps' }) })
      see(person({ handsUp: 2, height: 0.5 }), 7)
      expect(flow.state).toBe('exercising')
    })

    it('is called off when the athlete walks out, unless a key began it', () => {
      see(standing, 2)
      see(nobody, 2)
      expect(flow.state).toBe('no_person')
      flow.command('start', nowMs)
      see(nobody, 4)
      expect(flow.state).toBe('exercising')
    })

    it('is called off when the athlete was not waiting for it', () => {
      see(standing, 3)
      expect(flow.state).toBe('countdown')
      see(walking, 3)
      expect(states()).not.toContain('exercising')
    })

    it('waits while a dialog is open', () => {
      flow.hold(true)
      see(standing, 10)
      expect(flow.state).toBe('ready')
    })

    it('begins by key and tap alone where hands-free is off', () => {
      setUp({ handsFree: false })
      see(standing, 10)
      see(person({ handsUp: 1 }), 3)
      expect(flow.state).toBe('ready')
      flow.command('start', nowMs)
      see(standing, 4)
      expect(flow.state).toBe('exercising')
    })
  })

  describe('out of a set', () => {
    it('goes by the target, a moment after its last repetition', () => {
      exercise({ target: { kind: 'reps', value: 3 } })
      count(2)
      see(squatting, 2)
      count(3)
      expect(told.at(-1)).toEqual({ type: 'target_reached' })
      see(squatting, 1)
      expect(flow.state).toBe('exercising')
      see(squatting, 1)
      expect([flow.state, ...ends()]).toEqual(['resting', 'target'])
    })

    it('lets those go on who want more than the target', () => {
      exercise({ target: { kind: 'reps', value: 3 } })
      count(3)
      see(squatting, 1)
      count(4)
      see(squatting, 5)
      expect(flow.state).toBe('exercising')
    })

    it('does not end at a target of which a repetition was taken back', () => {
      exercise({ target: { kind: 'reps', value: 3 } })
      count(3)
      count(2)
      see(squatting, 4)
      expect(flow.state).toBe('exercising')
    })

    it('ends a hold with its last second', () => {
      exercise({ target: { kind: 'hold_s', value: 20 } })
      count(0, 20)
      see(standing, 0.2)
      expect(ends()).toEqual(['target'])
    })

    it('ends a hold that was given up', () => {
      exercise()
      count(0, 12)
      see(squatting, 5)
      expect(ends()).toEqual(['hold_over'])
    })

    it('goes by rest, but not between heavy repetitions', () => {
      exercise()
      for (const reps of [1, 2, 3]) {
        count(reps)
        see(squatting, 2)
        see(standing, 4)
      }
      expect(flow.state).toBe('exercising')
      see(standing, 12)
      expect(ends()).toEqual(['rest'])
    })

    it('never goes by rest while somebody moves', () => {
      exercise()
      count(1)
      see(squatting, 60)
      expect(flow.state).toBe('exercising')
    })

    it('goes when the athlete leaves', () => {
      exercise()
      count(4)
      see(nobody, 5)
      expect(ends()).toEqual(['left'])
    })

    it('goes when the athlete walks away within the picture', () => {
      exercise()
      count(4)
      see((ms) => person({ x: Math.min(0.5 + (ms - 7_000) / 4_000, 0.85) }), 4)
      expect(ends()).toEqual(['left'])
    })

    it('goes on when the camera is away, for that says nothing of the athlete', () => {
      exercise()
      count(4)
      for (let s = 0; s < 60; s++) flow.tick((nowMs += 1_000))
      expect(flow.state).toBe('exercising')
    })

    it('goes when somebody gets up from the floor', () => {
      setUp({ needs: needsOf({ slug: 'push_up', view: 'side', kind: 'reps' }) })
      see(person({ posture: 'lying', ground: 0.7 }), 7)
      count(5)
      see(walking, 4)
      expect(ends()).toEqual(['rest'])
    })

    it('goes by one hand that is held up, not by both', () => {
      exercise()
      count(1)
      see(person({ handsUp: 2, height: 0.5 }), 3)
      expect(flow.state).toBe('exercising')
      see(person({ handsUp: 1, height: 0.5 }), 2)
      expect(ends()).toEqual(['gesture'])
    })

    it('ends an empty set of somebody who only stands there, and asks no more', () => {
      exercise()
      see(standing, 45)
      expect([flow.state, ...ends()]).toEqual(['paused', 'empty'])
    })

    it('ends by key and tap alone where hands-free is off', () => {
      setUp({ handsFree: false, target: { kind: 'reps', value: 2 } })
      flow.command('start', nowMs)
      see(standing, 4)
      count(2)
      see(nobody, 30)
      expect(flow.state).toBe('exercising')
      flow.command('stop', nowMs)
      expect(ends()).toEqual(['command'])
    })
  })

  describe('between sets', () => {
    function rest(options: Partial<FlowOptions> = {}): void {
      exercise({ restS: 30, ...options })
      count(5)
      flow.command('stop', nowMs)
    }

    it('rests for as long as was said, counts its end down, and gets ready again', () => {
      rest()
      see(walking, 29)
      expect(flow.state).toBe('resting')
      see(walking, 1.5)
      expect(told.flatMap((event) => (event.type === 'rest_tick' ? event.left : []))).toEqual([3, 2, 1])
      expect(told).toContainEqual({ type: 'rest_ended' })
      expect(['positioning', 'ready']).toContain(flow.state)
    })

    it('can be skipped and made longer, by hand too', () => {
      rest()
      flow.command('extend_rest', nowMs)
      expect(flow.restLeft(nowMs)).toEqual({ leftS: 60, totalS: 60 })
      see(person({ handsUp: 2, height: 0.5 }), 1.5)
      expect(flow.restLeft(nowMs)?.totalS).toBe(90)
      see(standing, 1)
      see(person({ handsUp: 1, height: 0.5 }), 1.5)
      expect(flow.state).not.toBe('resting')
    })

    it('stands still while paused', () => {
      rest()
      flow.command('pause', nowMs)
      see(walking, 60)
      flow.command('resume', nowMs)
      expect([flow.state, flow.restLeft(nowMs)?.leftS]).toEqual(['resting', 30])
    })

    it('is left out where no rest is wanted, and after a set in which nothing was done', () => {
      rest({ restS: 0 })
      expect(flow.state).toBe('positioning')
      exercise()
      flow.command('stop', nowMs)
      expect(flow.state).toBe('positioning')
    })
  })

  it('stays finished', () => {
    flow.command('finish', nowMs)
    see(standing, 10)
    see(person({ handsUp: 1 }), 2)
    expect(flow.state).toBe('finished')
  })

  it('gets ready again when a set could not begin', () => {
    exercise()
    flow.abandon()
    expect(flow.state).toBe('positioning')
  })
})
