import { describe, expect, it, vi } from 'vitest'
import { emptyPose, type Pose } from './frame'
import { Gate, type Wish } from './gate'
import { C } from './skeleton'

const FRAME_MS = 1000 / 12

function poseOf(score: number): Pose {
  return emptyPose().map((value, i) => (i % C === 2 ? score : value))
}

/** A camera before a gate: what happens in each picture. */
class Scene {
  readonly gate = new Gate()
  private frame = 0
  get tMs() {
    return this.frame * FRAME_MS
  }

  /** Lets `seconds` pass; `probability` is the presence network's, `score` PoseNet's. */
  pass(seconds: number, probability: number, score: number, changes = true): Wish[] {
    return Array.from({ length: Math.round(seconds * 12) }, () => {
      this.frame++
      const wish = this.gate.wish(this.tMs, () => changes)
      const looks = wish === 'look' && this.gate.looked(probability, this.tMs)
      if (wish === 'pose' || looks) this.gate.found(poseOf(score), this.tMs)
      return wish === 'look' && looks ? 'pose' : wish
    })
  }
}

const count = (wishes: Wish[], wish: Wish) => wishes.filter((other) => other === wish).length

describe('Gate', () => {
  it('lets every picture through while PoseNet is sure, and asks nothing', () => {
    const scene = new Scene()
    const looked = vi.spyOn(scene.gate, 'looked')
    expect(count(scene.pass(10, 0, 0.5), 'pose')).toBe(120)
    expect(looked).not.toHaveBeenCalled()
  })

  it('lets every picture through while the network doubts, though PoseNet sees nobody', () => {
    expect(count(new Scene().pass(10, 0.2, 0), 'pose')).toBe(120)
  })

  it('closes within 3 s when nobody is there, then looks at most four times a second', () => {
    const scene = new Scene()
    scene.pass(3, 0.01, 0)
    expect(scene.gate.isClosed).toBe(true)
    const wishes = scene.pass(10, 0.01, 0)
    expect(count(wishes, 'pose')).toBe(0)
    expect(count(wishes, 'look')).toBeLessThanOrEqual(40)
    expect(count(wishes, 'look')).toBeGreaterThanOrEqual(28)
  })

  it('looks every two seconds while nothing changes', () => {
    const scene = new Scene()
    scene.pass(3, 0.01, 0)
    expect(count(scene.pass(10, 0.01, 0, false), 'look')).toBe(5)
  })

  it('wakes within .35 s of somebody coming, at any moment', () => {
    for (let wait = 0; wait < 12; wait++) {
      const scene = new Scene()
      scene.pass(4 + wait / 12, 0.01, 0)
      const wishes = scene.pass(1, 0.9, 0.6)
      expect((wishes.indexOf('pose') + 1) * FRAME_MS).toBeLessThanOrEqual(350)
    }
  })

  it('stays closed between its two thresholds, and open between them too', () => {
    const scene = new Scene()
    expect(count(scene.pass(5, 0.17, 0), 'pose')).toBe(60)
    scene.pass(5, 0.01, 0)
    expect(count(scene.pass(5, 0.17, 0), 'pose')).toBe(0)
  })

  it('closes sooner where what came was nobody', () => {
    const scene = new Scene()
    scene.pass(4, 0.01, 0)
    scene.pass(0.4, 0.9, 0)
    scene.pass(1.2, 0.01, 0)
    expect(scene.gate.isClosed).toBe(true)
  })

  it('waits as long as at first where PoseNet has seen somebody', () => {
    const scene = new Scene()
    scene.pass(4, 0.01, 0)
    scene.pass(0.5, 0.9, 0.6)
    scene.pass(2, 0.01, 0)
    expect(scene.gate.isClosed).toBe(false)
  })

  it('is not closed by a single "nobody"', () => {
    const scene = new Scene()
    for (let i = 0; i < 8; i++) {
      scene.pass(0.5, 0.01, 0)
      scene.pass(0.5, 0.5, 0)
    }
    expect(scene.gate.isClosed).toBe(false)
  })

  it('opens for another film, whose time begins anew', () => {
    const scene = new Scene()
    scene.pass(5, 0.01, 0)
    expect(scene.gate.wish(0, () => false)).toBe('pose')
  })
})
