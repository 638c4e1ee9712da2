import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPose } from '@/pose/frame'
import { FlowRig, standing, walking } from './flowRig'
import { needsOf } from './needs'
import { person } from './testing'

const nobody = emptyPose()
const planks = needsOf({ slug: 'plank', view: 'side', kind: 'hold' })

describe('SessionFlow', () => {
  let rig: FlowRig
  beforeEach(() => void (rig = new FlowRig()))

  describe('into a set', () => {
    it('comes from an empty room over standing still and a countdown', () => {
      rig.see(nobody, 2)
      expect([rig.flow.state, rig.flow.guidance]).toEqual(['no_person', 'nobody'])
      rig.see(walking, 3)
      expect(rig.told).not.toContainEqual(expect.objectContaining({ type: 'tick' }))
      rig.see(standing, 6)
      expect(rig.states).toEqual(['ready', 'countdown', 'exercising'])
      expect(rig.ticks('tick')).toEqual([3, 2, 1])
      expect(rig.told.at(-1)).toEqual({ type: 'go' })
    })

    it('does not begin while the feet are out of the picture, and says so', () => {
      rig.see(person({ ground: 1.1, height: 0.8 }), 10)
      expect([rig.flow.state, rig.flow.guidance]).toEqual(['positioning', 'feet_cut'])
    })

    it('does not begin with a plank that stands', () => {
      rig = new FlowRig({ needs: planks })
      rig.see(standing, 10)
      expect([rig.flow.state, rig.flow.guidance]).toEqual(['positioning', 'get_down'])
    })

    it('advises to turn, and does not insist', () => {
      rig = new FlowRig({ needs: needsOf({ slug: 'lunge', view: 'side', kind: 'reps' }) })
      rig.see(standing, 2)
      expect([rig.flow.state, rig.flow.guidance]).toEqual(['positioning', 'turn_side'])
      rig.see(standing, 6)
      expect(rig.flow.state).toBe('exercising')
    })

    it('begins with one raised hand, wherever one stands', () => {
      rig.see(person({ handsUp: 1, height: 0.25, ground: 0.6 }), 2)
      expect(rig.flow.state).toBe('countdown')
    })

    it('is called off by both hands, and goes on with one', () => {
      rig.see(standing, 3)
      expect(rig.flow.state).toBe('countdown')
      rig.see(person({ handsUp: 2, height: 0.5 }), 2)
      expect(rig.flow.state).toBe('paused')
      rig.see(standing, 20)
      expect(rig.flow.state).toBe('paused')
      rig.see(person({ handsUp: 1, height: 0.5 }), 1.5)
      expect(rig.states.at(-1)).not.toBe('paused')
    })

    it('lets people take hold of a bar without pausing', () => {
      rig = new FlowRig({ needs: needsOf({ slug: 'pull_up', view: 'front', kind: 'reps' }) })
      rig.see(person({ handsUp: 2, height: 0.5 }), 7)
      expect(rig.flow.state).toBe('exercising')
    })

    it('is called off when the athlete walks out, unless a key began it', () => {
      rig.see(standing, 2)
      rig.see(nobody, 2)
      expect(rig.flow.state).toBe('no_person')
      rig.flow.command('start', rig.nowMs)
      rig.see(nobody, 4)
      expect(rig.flow.state).toBe('exercising')
    })

    it('is called off when the athlete was not waiting for it', () => {
      rig.see(standing, 3)
      expect(rig.flow.state).toBe('countdown')
      rig.see(walking, 3)
      expect(rig.states).not.toContain('exercising')
    })

    it('waits while a dialog is open', () => {
      rig.flow.hold(true)
      rig.see(standing, 10)
      expect(rig.flow.state).toBe('ready')
    })

    it('begins by key and tap alone where hands-free is off', () => {
      rig = new FlowRig({ handsFree: false })
      rig.see(standing, 10)
      rig.see(person({ handsUp: 1 }), 3)
      expect(rig.flow.state).toBe('ready')
      rig.flow.command('start', rig.nowMs)
      rig.see(standing, 4)
      expect(rig.flow.state).toBe('exercising')
    })
  })
})
