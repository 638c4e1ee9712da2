import { describe, expect, it } from 'vitest'
import { aRep, aSet } from './testing'
import { clock, confidenceWord, isEmpty, meanTempo } from './words'

describe('confidenceWord', () => {
  it.each([
    [null, 'unsure'],
    [0.49, 'unsure'],
    [0.5, 'fairly'],
    [0.8, 'sure'],
  ])('says %s as %s', (confidence, word) => expect(confidenceWord(confidence)).toBe(word))
})

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [65.9, '1:05'],
    [3600, '60:00'],
    [-1, '0:00'],
  ])('shows %s s as %s', (seconds, text) => expect(clock(seconds)).toBe(text))
})

describe('meanTempo', () => {
  it('averages each part over the repetitions', () => {
    const reps = [
      aRep({ tempo_s: { down: 1, pause: 0, up: 2 } }),
      aRep({ tempo_s: { down: 3, pause: 1, up: 2 } }),
    ]
    expect(meanTempo(reps)).toEqual({ down: 2, pause: 0.5, up: 2 })
  })

  it('says nothing about a set without repetitions', () => expect(meanTempo([])).toBeNull())
})

describe('isEmpty', () => {
  it('is false for a hold, which has no repetitions', () => {
    expect(isEmpty(aSet({ rep_count: 0, hold_s: 12 }))).toBe(false)
    expect(isEmpty(aSet({ rep_count: 0, hold_s: null }))).toBe(true)
  })
})
