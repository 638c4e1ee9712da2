import { expect, it } from 'vitest'
import { momentLink, momentOfQuery } from './moment'
import { eventsOf } from './reps'
import { aRep, aSet } from './testing'

const set = aSet()
const events = eventsOf(set)

it('names a set, a repetition as the page counts, and a moment', () => {
  expect(momentLink(set, events[1], 2600.4)).toEqual({
    name: 'set',
    params: { id: 'w1', setId: 's1' },
    query: { rep: '2', t: '2600' },
  })
  expect(momentLink(set).query).toEqual({})
})

it('names an attempt by its time, and finds it again', () => {
  const { query } = momentLink(set, events[3])
  expect(query).toEqual({ t: '9000' })
  expect(momentOfQuery(query, events)).toEqual({ open: 3, atMs: 9000 })
})

it('means the later one of two that touch', () => {
  const touching = eventsOf(aSet({ reps: [aRep(0, { end_ms: 9000 })] }))
  expect(momentOfQuery({ t: '9000' }, touching).open).toBe(1)
})

it('opens what an address asks for', () => {
  expect(momentOfQuery({ rep: '3', t: '1200' }, events)).toEqual({ open: 2, atMs: 1200 })
})

it.each([{ rep: '99' }, { rep: '-1' }, { rep: 'three' }, { t: '1e9' }, { rep: ['1'] }, {}])(
  'opens the whole set at what it does not know: %o',
  (query) => {
    expect(momentOfQuery(query, events)).toEqual({ open: null, atMs: null })
  },
)
