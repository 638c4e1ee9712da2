import { describe, expect, it } from 'vitest'
import { jointsOf } from './useStudio'

describe('jointsOf', () => {
  it('lights the vertex of the angle on both sides', () => {
    expect(jointsOf(['knee', 'hip'])).toEqual([13, 14, 11, 12])
  })

  it('leaves out an angle that the skeleton does not have', () => {
    expect(jointsOf(['wrist'])).toEqual([])
  })
})
