import { describe, expect, it } from 'vitest'
import type { Draft } from './plan'
import * as template from './template'

/** Weeks of days by their titles. */
const draft = (...weeks: string[][]): Draft => {
  let made: Draft = { title: 'Block', weeks: weeks.length, cycle_weeks: weeks.length, days: [] }
  weeks.forEach((titles, week) => {
    for (const title of titles) made = template.addDay(made, week, { ...template.newDay(week), title })
  })
  return made
}
const titles = (one: Draft): string[][] =>
  Array.from({ length: one.cycle_weeks }, (_, week) => template.daysIn(one, week).map(({ title }) => title))
const keyOf = (one: Draft, title: string): number => one.days.find((day) => day.title === title)?.key ?? -1

describe('days', () => {
  const block = draft(['A', 'B'], ['C'])

  it('moves within a week and to another', () => {
    expect(titles(template.moveDay(block, keyOf(block, 'A'), 0, 1))).toEqual([['B', 'A'], ['C']])
    expect(titles(template.moveDay(block, keyOf(block, 'A'), 1, 0))).toEqual([['B'], ['A', 'C']])
    expect(titles(template.moveDay(block, keyOf(block, 'C'), 0, 9))).toEqual([['A', 'B', 'C'], []])
    expect(template.moveDay(block, keyOf(block, 'A'), 2, 0)).toBe(block)
  })

  it('copies a day right after it, as a thing of its own', () => {
    const copied = template.copyDay(block, keyOf(block, 'A'))
    expect(titles(copied)).toEqual([['A', 'A', 'B'], ['C']])
    const keys = copied.days.flatMap((day) => [day.key, ...day.items.map(({ key }) => key)])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('holds seven days a week', () => {
    const full = draft(['1', '2', '3', '4', '5', '6', '7'], ['A'])
    expect(template.addDay(full, 0)).toBe(full)
    expect(template.copyDay(full, keyOf(full, '1'))).toBe(full)
    expect(template.moveDay(full, keyOf(full, 'A'), 0, 0)).toBe(full)
    expect(titles(template.moveDay(full, keyOf(full, '7'), 0, 0))[0][0]).toBe('7')
  })
})

describe('weeks', () => {
  const block = draft(['A'], ['B'], ['C'])

  it('copies one, and moves those after it', () => {
    const copied = template.copyWeek(block, 1)
    expect(titles(copied)).toEqual([['A'], ['B'], ['B'], ['C']])
    expect(copied.weeks).toBe(4)
  })

  it('removes one, and trades places', () => {
    expect(titles(template.removeWeek(block, 1))).toEqual([['A'], ['C']])
    expect(titles(template.moveWeek(block, 0, 1))).toEqual([['B'], ['A'], ['C']])
    expect(template.moveWeek(block, 0, -1)).toBe(block)
  })

  it('keeps an empty week, and a plan that is longer than its cycle', () => {
    const longer = template.addWeek({ ...block, weeks: 12 })
    expect(titles(longer)[3]).toEqual([])
    expect(longer.weeks).toBe(12)
    const only = draft(['A'])
    expect(template.removeWeek(only, 0)).toBe(only)
  })
})
