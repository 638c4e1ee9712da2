import { describe, expect, it } from 'vitest'
import { finalCount, standing, withCorrection, withoutCorrection } from './answers'
import { eventsOf, verdictOf } from './reps'
import { aCorrection, aSet } from './testing'

const count = (id: string, rep_count: number) => aCorrection({ id, kind: 'count', rep_count })
const notARep = (id: string, start_ms: number) => aCorrection({ id, kind: 'not_a_rep', start_ms })
const isARep = (id: string, start_ms: number) => aCorrection({ id, kind: 'is_a_rep', start_ms })

describe('finalCount', () => {
  it('goes through what was said in its order', () => {
    expect(finalCount(9, [notARep('a', 0), count('b', 12), isARep('c', 500)])).toBe(13)
  })
  it('hears the same movement once', () => {
    expect(finalCount(9, [notARep('a', 0), notARep('b', 0)])).toBe(8)
  })
  it('is never below nothing', () => expect(finalCount(0, [notARep('a', 0)])).toBe(0))
})

describe('withCorrection', () => {
  it('changes the answer and leaves the machine its own', () => {
    const set = withCorrection(aSet(), count('a', 5))
    expect(set).toMatchObject({ rep_count: 3, final_rep_count: 5 })
  })

  it('names the exercise', () => {
    const said = aCorrection({ kind: 'exercise', exercise: 'lunge' })
    expect(withCorrection(aSet(), said)).toMatchObject({ exercise: 'squat', final_exercise: 'lunge' })
  })

  it('is about the movement that starts there, and gone when it is taken back', () => {
    const set = withCorrection(aSet(), notARep('a', 2000))
    expect(eventsOf(set).map(verdictOf)).toEqual(['clean', 'not_counted', 'clean', 'not_counted'])
    expect(set.final_rep_count).toBe(2)
    expect(withoutCorrection(set, 'a')).toEqual(aSet())
  })

  it('counts an attempt', () => {
    const set = withCorrection(aSet(), isARep('a', 9000))
    expect(eventsOf(set).map(verdictOf).at(-1)).toBe('clean')
    expect(set.final_rep_count).toBe(4)
  })
})

describe('standing', () => {
  it('leaves out what was said anew since', () => {
    const said = [count('a', 4), notARep('b', 0), count('c', 5), notARep('d', 2000)]
    expect(standing(said).map(({ id }) => id)).toEqual(['b', 'c', 'd'])
  })
})
