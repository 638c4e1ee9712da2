import { describe, expect, it } from 'vitest'
import { emptyPose } from '@/pose/frame'
import { exercising, FlowRig, squatting, standing, walking } from './flowRig'
import { needsOf } from './needs'
import { person } from './testing'

const nobody = emptyPose()

describe('SessionFlow', () => {
  let rig: FlowRig

  describe('out of a set', () => {
    it('goes by the target, a moment after its last repetition', () => {
      rig = exercising({ target: { kind: 'reps', value: 3 } })
      rig.count(2)
      rig.see(squatting, 2)
      rig.count(3)
      expect(rig.told.at(-1)).toEqual({ type: 'target_reached' })
      rig.see(squatting, 1)
      expect(rig.flow.state).toBe('exercising')
      rig.see(squatting, 1)
      expect([rig.flow.state, ...rig.ends]).toEqual(['resting', 'target'])
    })

    it('lets those go on who want more than the target', () => {
      rig = exercising({ target: { kind: 'reps', value: 3 } })
      rig.count(3)
      rig.see(squatting, 1)
      rig.count(4)
      rig.see(squatting, 5)
      expect(rig.flow.state).toBe('exercising')
    })

    it('does not end at a target of which a repetition was taken back', () => {
      rig = exercising({ target: { kind: 'reps', value: 3 } })
      rig.count(3)
      rig.count(2)
      rig.see(squatting, 4)
      expect(rig.flow.state).toBe('exercising')
    })

    it('ends a hold with its last second', () => {
      rig = exercising({ target: { kind: 'hold_s', value: 20 } })
      rig.count(0, 20)
      rig.see(standing, 0.2)
      expect(rig.ends).toEqual(['target'])
    })

    it('ends a hold that was given up', () => {
      rig = exercising()
      rig.count(0, 12)
      rig.see(squatting, 5)
      expect(rig.ends).toEqual(['hold_over'])
    })

    it('goes by rest, but not between heavy repetitions', () => {
      rig = exercising()
      for (const reps of [1, 2, 3]) {
        rig.count(reps)
        rig.see(squatting, 2)
        rig.see(standing, 4)
      }
      expect(rig.flow.state).toBe('exercising')
      rig.see(standing, 12)
      expect(rig.ends).toEqual(['rest'])
    })

    it('never goes by rest while somebody moves', () => {
      rig = exercising()
      rig.count(1)
      rig.see(squatting, 60)
      expect(rig.flow.state).toBe('exercising')
    })

    it('goes when the athlete leaves', () => {
      rig = exercising()
      rig.count(4)
      rig.see(nobody, 5)
      expect(rig.ends).toEqual(['left'])
    })

    it('goes when the athlete walks away within the picture', () => {
      rig = exercising()
      rig.count(4)
      rig.see((ms) => person({ x: Math.min(0.5 + (ms - 7_000) / 4_000, 0.85) }), 4)
      expect(rig.ends).toEqual(['left'])
    })

    it('goes on when the camera is away, for that says nothing of the athlete', () => {
      rig = exercising()
      rig.count(4)
      for (let s = 0; s < 60; s++) rig.flow.tick((rig.nowMs += 1_000))
      expect(rig.flow.state).toBe('exercising')
    })

    it('goes when somebody gets up from the floor', () => {
      rig = new FlowRig({ needs: needsOf({ slug: 'push_up', view: 'side', kind: 'reps' }) })
      rig.see(person({ posture: 'lying', ground: 0.7 }), 7)
      rig.count(5)
      rig.see(walking, 4)
      expect(rig.ends).toEqual(['rest'])
    })

    it('goes by one hand that is held up, not by both', () => {
      rig = exercising()
      rig.count(1)
      rig.see(person({ handsUp: 2, height: 0.5 }), 3)
      expect(rig.flow.state).toBe('exercising')
      rig.see(person({ handsUp: 1, height: 0.5 }), 2)
      expect(rig.ends).toEqual(['gesture'])
    })

    it('ends an empty set of somebody who only stands there, and asks no more', () => {
      rig = exercising()
      rig.see(standing, 45)
      expect([rig.flow.state, ...rig.ends]).toEqual(['paused', 'empty'])
    })

    it('ends by key and tap alone where hands-free is off', () => {
      rig = new FlowRig({ handsFree: false, target: { kind: 'reps', value: 2 } })
      rig.flow.command('start', rig.nowMs)
      rig.see(standing, 4)
      rig.count(2)
      rig.see(nobody, 30)
      expect(rig.flow.state).toBe('exercising')
      rig.flow.command('stop', rig.nowMs)
      expect(rig.ends).toEqual(['command'])
    })
  })
})
