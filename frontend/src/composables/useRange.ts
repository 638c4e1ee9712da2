/** The movement of now: how far it has come, at the rate of the poses, and how long the last repetition took. */
import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { Movement } from '@/lib/movement'
import type { Frame } from '@/pose/frame'
import { RangeMeter, type RangeReading } from '@/pose/rangeMeter'
import type { Swing } from '@/pose/swings'
import type { SwingTempo } from '@/pose/swingTempo'

export interface RangeOptions {
  frame: Readonly<Ref<Frame | null>>
  exercise: Readonly<Ref<string | null>>
  /** Null where no angle goes there and back. */
  movement: Readonly<Ref<Movement | null>>
  count: Readonly<Ref<number>>
  counting: Readonly<Ref<boolean>>
}

export function useRange({ frame, exercise, movement, count, counting }: RangeOptions) {
  /** Null while the joint is not seen. */
  const reading = shallowRef<RangeReading | null>(null)
  const tempo = shallowRef<SwingTempo | null>(null)
  /** What this workout has shown of each exercise: the next set begins with it. */
  const ranges = new Map<string, Swing>()
  let meter: RangeMeter | null = null

  watch(
    [counting, exercise, movement],
    ([runs, slug, moves], [, before]) => {
      if (meter?.own && before) ranges.set(before, meter.own)
      meter = runs && slug && moves ? new RangeMeter(moves, ranges.get(slug)) : null
      reading.value = tempo.value = null
    },
    { immediate: true },
  )
  watch(count, (now, before) => {
    if (!meter || now <= before) return
    meter.count(now - before)
  })
  watch(
    frame,
    (now) => {
      if (!meter || !now) return
      reading.value = meter.push(now)
      tempo.value = meter.tempo ?? tempo.value
    },
    { flush: 'sync' },
  )
  return { reading: shallowReadonly(reading), tempo: shallowReadonly(tempo) }
}
