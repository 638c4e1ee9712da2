import { describe, expect, it } from 'vitest'
import { emptyPose } from '@/pose/frame'
import { framingFault } from './framing'
import { ANY, needsOf, type Needs } from './needs'
import { ASPECT, person, without } from './testing'

const of = (pose = person(), needs: Needs = ANY, aspect = ASPECT) => framingFault(pose, aspect, needs)
const need = (part: Partial<Needs>): Needs => ({ ...ANY, ...part })

describe('framingFault', () => {
  it('finds nothing to say about somebody who stands well', () => expect(of()).toBeNull())

  it('sees nobody in an empty picture, nor in a few stray keypoints', () => {
    expect(of(emptyPose())).toBe('nobody')
    expect(of(without(person(), 'shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle', 'ear'))).toBe('nobody')
  })

  it.each([
    ['feet_cut', person({ ground: 1.08, height: 0.8 }), ['ankle']],
    ['legs_cut', person({ ground: 1.2, height: 0.9 }), ['ankle', 'knee']],
    ['head_cut', person({ ground: 0.72, height: 0.7 }), ['nose', 'eye', 'ear']],
  ] as const)('says %s where the body goes on beyond the picture', (fault, pose, parts) => {
    expect(of(without(pose, ...parts))).toBe(fault)
  })

  it.each([
    ['feet_hidden', ['ankle']],
    ['hands_hidden', ['wrist']],
    ['head_hidden', ['nose', 'eye', 'ear']],
  ] as const)('says %s where something is in the way', (fault, parts) => {
    expect(of(without(person({ height: 0.5, ground: 0.7 }), ...parts))).toBe(fault)
  })

  it('takes what an estimator puts on the edge for what it is: outside', () => {
    expect(of(person({ ground: 1, height: 0.8 }))).toBe('feet_cut')
  })

  it('is content with one side of the body', () => {
    expect(of(without(person(), 'left_ankle', 'left_wrist', 'left_knee'))).toBeNull()
  })

  it('wants everybody neither too near nor too far', () => {
    expect(of(person({ height: 0.93, ground: 0.97 }))).toBe('too_near')
    expect(of(person({ height: 0.25, ground: 0.6 }))).toBe('too_far')
  })

  it('leaves room for hands that go over the head', () => {
    const pose = person({ height: 0.8, ground: 0.95 })
    expect(of(pose)).toBeNull()
    expect(of(pose, need({ overhead: true }))).toBe('headroom')
  })

  it('calls back to the middle, by the sides of the picture', () => {
    expect(of(person({ x: 0.15 }))).toBe('aside_left')
    expect(of(person({ x: 0.86 }))).toBe('aside_right')
  })

  it('waits for the posture in which the exercise starts', () => {
    const lying = person({ posture: 'lying', ground: 0.7 })
    expect(of(person(), need({ posture: 'level' }))).toBe('get_down')
    expect(of(lying, need({ posture: 'level' }))).toBeNull()
    expect(of(lying, need({ posture: 'upright' }))).toBe('get_up')
    expect(of(person(), need({ posture: 'hanging' }))).toBe('hang')
    expect(of(person({ handsUp: 2, height: 0.5 }), need({ posture: 'hanging' }))).toBeNull()
  })

  it('asks to turn for an exercise that is judged from another side', () => {
    expect(of(person(), need({ view: 'side' }))).toBe('turn_side')
    expect(of(person({ view: 'side' }), need({ view: 'side' }))).toBeNull()
    expect(of(person({ view: 'side' }), need({ view: 'front' }))).toBe('turn_front')
    expect(of(person(), need({ view: 'front' }))).toBeNull()
  })

  it('measures a portrait picture by its own sides', () => {
    const aspect = 9 / 16
    expect(of(person({ aspect, height: 0.5 }), ANY, aspect)).toBeNull()
    expect(of(person({ aspect, posture: 'lying', height: 0.54, ground: 0.6 }), ANY, aspect)).toBe('too_near')
  })
})

describe('needsOf', () => {
  it('asks nothing for an exercise that is to be recognised', () => expect(needsOf(null)).toEqual(ANY))

  it.each([
    ['push_up', 'level'],
    ['pull_up', 'hanging'],
    ['squat', 'upright'],
    ['pommel_horse', 'any'],
  ])('%s starts %s', (slug, posture) => {
    expect(needsOf({ slug, view: 'any', kind: 'reps' }).posture).toBe(posture)
  })
})
