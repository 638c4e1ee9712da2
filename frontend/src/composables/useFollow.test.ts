import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import type { Estimator } from '@/pose/skeleton'
import { useFollow } from './useFollow'

describe('useFollow', () => {
  const others = ref(0)
  const estimator = ref<Estimator | null>(null)
  const counting = ref(false)
  const choose = vi.fn()
  const pointAt = vi.fn<() => { x: number; y: number } | null>()
  const { tap } = useFollow({ stage: ref({ pointAt }), loop: { others, estimator, choose }, counting })

  beforeEach(() => {
    others.value = 1
    estimator.value = 'posenet_mobilenet_075'
    counting.value = false
    pointAt.mockReturnValue({ x: 0.3, y: 0.6 })
    choose.mockClear()
  })

  function click(inside = '<main><div id="here"></div></main>') {
    document.body.innerHTML = inside
    tap({ target: document.querySelector('#here'), clientX: 10, clientY: 20 } as unknown as MouseEvent)
  }

  it('chooses the person at the point of the picture', () => {
    click()
    expect(pointAt).toHaveBeenCalledWith(10, 20)
    expect(choose).toHaveBeenCalledWith({ x: 0.3, y: 0.6 })
  })

  it.each([
    ['a button was meant', () => click('<button><span id="here"></span></button>')],
    ['it was beside the picture', () => (pointAt.mockReturnValue(null), click())],
    ['nobody else is in view', () => ((others.value = 0), click())],
    [
      'MoveNet is counting',
      () => ((others.value = 0), (estimator.value = 'movenet_lightning'), (counting.value = true), click()),
    ],
  ])('does nothing when %s', (_, happens) => {
    happens()
    expect(choose).not.toHaveBeenCalled()
  })

  it('tells MoveNet where to look before a set', () => {
    others.value = 0
    estimator.value = 'movenet_thunder'
    click()
    expect(choose).toHaveBeenCalledOnce()
  })
})
