import { describe, expect, it } from 'vitest'
import { GestureWatch, gestureOf } from './gestures'
import { ASPECT, person, without } from './testing'

describe('gestureOf', () => {
  it.each([
    [0, null],
    [1, 'one_hand'],
    [2, 'both_hands'],
  ] as const)('reads %s raised hands as %s', (handsUp, gesture) => {
    expect(gestureOf(person({ handsUp }), ASPECT)).toBe(gesture)
  })

  it('wants to see the other hand down, for it may be raised too', () => {
    expect(gestureOf(without(person({ handsUp: 1 }), 'right_wrist'), ASPECT)).toBeNull()
  })

  it('is not given by somebody who lies', () => {
    expect(gestureOf(person({ handsUp: 1, posture: 'lying' }), ASPECT)).toBeNull()
  })
})

describe('GestureWatch', () => {
  it('tells a sign once, when it was held long enough', () => {
    const watch = new GestureWatch()
    const told = [0, 400, 900, 1_000, 1_500].map((ms) => watch.update('one_hand', ms, 1_000))
    expect(told).toEqual([null, null, null, 'one_hand', null])
  })

  it('bears a frame without the hand, and no longer gap', () => {
    const watch = new GestureWatch()
    watch.update('one_hand', 0, 1_000)
    watch.update(null, 500, 1_000)
    watch.update('one_hand', 600, 1_000)
    expect(watch.update('one_hand', 1_000, 1_000)).toBe('one_hand')
    watch.update(null, 1_100, 1_000)
    watch.update(null, 1_400, 1_000)
    expect(watch.update('one_hand', 1_500, 1_000)).toBeNull()
    expect(watch.update('one_hand', 2_500, 1_000)).toBe('one_hand')
  })

  it('says how far it is', () => {
    const watch = new GestureWatch()
    watch.update('both_hands', 0, 1_000)
    expect(watch.sign).toBe('both_hands')
    expect(watch.ratio(500, 1_000)).toBe(0.5)
  })
})
