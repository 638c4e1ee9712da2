import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { Movement } from '@/lib/movement'
import { emptyPose, type Frame } from '@/pose/frame'
import { ANGLES, C } from '@/pose/skeleton'
import { useRange } from './useRange'

const SQUAT: Movement = { joint: 'knee', opens: false, alternates: false }

function frameAt(tMs: number, deg: number): Frame {
  const pose = emptyPose()
  const [hip, knee, ankle] = ANGLES.left_knee
  const radians = (deg * Math.PI) / 180
  pose.set([0.5, 0.3, 0.9], hip * C)
  pose.set([0.5, 0.5, 0.9], knee * C)
  pose.set([0.5 + 0.2 * Math.sin(radians), 0.5 - 0.2 * Math.cos(radians), 0.9], ankle * C)
  return { tMs, pose, widthPx: 500, heightPx: 500 }
}

function setUp() {
  const given = {
    frame: shallowRef<Frame | null>(null),
    exercise: ref<string | null>('squat'),
    movement: shallowRef<Movement | null>(SQUAT),
    count: ref(0),
    counting: ref(true),
  }
  const shown = effectScope().run(() => useRange(given))!
  let tMs = 0
  /** One squat to this angle; answers the highest share. */
  const squat = async (turnDeg: number) => {
    let most = 0
    for (let i = 0; i < 30; i++) {
      const depth = (1 - Math.cos((Math.PI * i) / 15)) / 2
      given.frame.value = frameAt((tMs += 66), 170 - depth * (170 - turnDeg))
      most = Math.max(most, shown.reading.value?.share ?? 0)
    }
    given.count.value++
    await nextTick()
    return most
  }
  return { ...given, ...shown, squat }
}

describe('useRange', () => {
  it('moves with every frame, and times what counted', async () => {
    const { squat, reading, tempo, frame } = setUp()
    expect(reading.value).toBeNull()
    await squat(90)
    frame.value = frameAt(2_040, 170)
    expect(reading.value?.mark).not.toBeNull()
    expect(tempo.value?.down).toBeGreaterThan(0)
  })

  it('begins the next set with the range of the last, and shows nothing between', async () => {
    const { squat, counting, reading, tempo } = setUp()
    for (let n = 0; n < 3; n++) await squat(90)
    counting.value = false
    await nextTick()
    expect(reading.value).toBeNull()
    expect(tempo.value).toBeNull()
    counting.value = true
    await nextTick()
    expect(await squat(130)).toBeLessThan(0.65)
  })

  it('shows nothing of an exercise that goes round, or is not known yet', async () => {
    const { squat, movement, reading } = setUp()
    movement.value = null
    await nextTick()
    await squat(90)
    expect(reading.value).toBeNull()
  })
})
