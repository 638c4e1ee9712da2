import { describe, expect, it } from 'vitest'
import type { ReasonTarget, WeekDay } from '@/api/roster'
import { ariaSort, askedOf, cellState, csv, filterOf, nextSort, queryOf, targetLink } from './roster'

const target = (some: Partial<ReasonTarget>): ReasonTarget => ({
  kind: 'athlete',
  workout: null,
  set: null,
  rep: null,
  t_ms: null,
  planned: null,
  ...some,
})
const day = (some: Partial<WeekDay>): WeekDay => ({
  day: '2026-03-02',
  planned: 0,
  done: 0,
  trained: 0,
  percent: null,
  bucket: null,
  ...some,
})

describe('the address of the roster', () => {
  it('is a filter and back', () => {
    const query = { bucket: 'resting', q: 'an', sort: '-percent', page: '3' }
    expect(queryOf(filterOf(query))).toEqual(query)
    expect(askedOf(filterOf(query))).toEqual({ ...query, page: 3 })
  })

  it('forgets what is not known', () => {
    const query = { bucket: 'worst', group: 'x', sort: 'luck', page: '-4', q: ['a', 'b'] }
    expect(queryOf(filterOf(query))).toEqual({})
  })
})

describe('sorting', () => {
  it('begins with what is looked for and turns at the second click', () => {
    expect(nextSort('urgency', 'last_day')).toBe('-last_day')
    expect(nextSort('-last_day', 'last_day')).toBe('last_day')
    expect(nextSort('name', 'name')).toBe('-name')
    expect(ariaSort('-name', 'name')).toBe('descending')
    expect(ariaSort('-name', 'percent')).toBe('none')
  })
})

describe('where a reason leads', () => {
  it('is the repetition in question', () => {
    const link = targetLink('a', target({ kind: 'set', workout: 'w', set: 's', rep: 7, t_ms: 3000 }))
    expect(link).toEqual({
      name: 'coach-set',
      params: { athleteId: 'a', id: 'w', setId: 's' },
      query: { rep: '7', t: '3000' },
    })
  })

  it('keeps a moment at the start of the set', () => {
    const link = targetLink('a', target({ kind: 'set', workout: 'w', set: 's', t_ms: 0 }))
    expect(link.query).toEqual({ t: '0' })
  })

  it('is the plan, the trends or the athlete', () => {
    expect(targetLink('a', target({ kind: 'planned', planned: 'p' })).query).toEqual({ planned: 'p' })
    expect(targetLink('a', target({ kind: 'trends' })).name).toBe('coach-trends')
    expect(targetLink('a', target({})).name).toBe('coach-athlete')
  })
})

describe('a day of the week', () => {
  it('has the colour of its compliance, else a sign of its own', () => {
    expect(cellState(day({ planned: 1, percent: 0, bucket: 'red' }))).toBe('red')
    expect(cellState(day({ planned: 1 }))).toBe('open')
    expect(cellState(day({ trained: 1 }))).toBe('extra')
    expect(cellState(day({ planned: null, trained: null }))).toBe('none')
  })
})

describe('csv', () => {
  it('quotes, and lets no formula through', () => {
    expect(csv([['a"b', 'c,d', 3, null, '=1+1']])).toBe('"a""b","c,d",3,,\'=1+1\r\n')
  })
})
