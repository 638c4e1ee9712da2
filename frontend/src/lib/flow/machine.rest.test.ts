import { describe, expect, it } from 'vitest'
import type { FlowOptions } from './machine'
import { exercising, FlowRig, standing, walking } from './flowRig'
import { person } from './testing'

describe('SessionFlow', () => {
  let rig: FlowRig

  describe('between sets', () => {
    function rest(options: Partial<FlowOptions> = {}): void {
      rig = exercising({ restS: 30, ...options })
      rig.count(5)
      rig.flow.command('stop', rig.nowMs)
    }

    it('rests for as long as was said, counts its end down, and gets ready again', () => {
      rest()
      rig.see(walking, 29)
      expect(rig.flow.state).toBe('resting')
      rig.see(walking, 1.5)
      expect(rig.ticks('rest_tick')).toEqual([3, 2, 1])
      expect(rig.told).toContainEqual({ type: 'rest_ended' })
      expect(['positioning', 'ready']).toContain(rig.flow.state)
    })

    it('can be skipped and made longer, by hand too', () => {
      rest()
      rig.flow.command('extend_rest', rig.nowMs)
      expect(rig.flow.restLeft(rig.nowMs)).toEqual({ leftS: 60, totalS: 60 })
      rig.see(person({ handsUp: 2, height: 0.5 }), 1.5)
      expect(rig.flow.restLeft(rig.nowMs)?.totalS).toBe(90)
      rig.see(standing, 1)
      rig.see(person({ handsUp: 1, height: 0.5 }), 1.5)
      expect(rig.flow.state).not.toBe('resting')
    })

    it('stands still while paused', () => {
      rest()
      rig.flow.command('pause', rig.nowMs)
      rig.see(walking, 60)
      rig.flow.command('resume', rig.nowMs)
      expect([rig.flow.state, rig.flow.restLeft(rig.nowMs)?.leftS]).toEqual(['resting', 30])
    })

    it('is left out where no rest is wanted, and after a set in which nothing was done', () => {
      rest({ restS: 0 })
      expect(rig.flow.state).toBe('positioning')
      rig = exercising()
      rig.flow.command('stop', rig.nowMs)
      expect(rig.flow.state).toBe('positioning')
    })
  })

  it('stays finished', () => {
    rig = new FlowRig()
    rig.flow.command('finish', rig.nowMs)
    rig.see(standing, 10)
    rig.see(person({ handsUp: 1 }), 2)
    expect(rig.flow.state).toBe('finished')
  })

  it('gets ready again when a set could not begin', () => {
    rig = exercising()
    rig.flow.abandon()
    expect(rig.flow.state).toBe('positioning')
  })
})
