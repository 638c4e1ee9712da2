import { describe, expect, it } from 'vitest'
import formTable from '@facts/form.json'
import { keypointsOf } from './jointKeypoints'

describe('keypointsOf', () => {
  it('finds a joint on both sides, by its angle or by itself', () => {
    expect(keypointsOf('knee')).toEqual([13, 14])
    expect(keypointsOf('wrist')).toEqual([9, 10])
    expect(keypointsOf('trunk')).toEqual([5, 6, 11, 12])
  })

  it('marks nothing for the whole body', () => {
    expect(keypointsOf('body')).toEqual([])
  })

  it('knows every joint that findings name', () => {
    const named = Object.values(formTable.exercises).flatMap(({ faults }) => faults.map(({ joint }) => joint))
    const unknown = named.filter((joint) => joint !== 'body' && !keypointsOf(joint).length)
    expect([...new Set(unknown)]).toEqual([])
  })
})
