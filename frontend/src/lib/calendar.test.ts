import { describe, expect, it } from 'vitest'
import { addDays, addMonths, mondayOf, moveMonths, steps, weekday, weeksOf } from './calendar'

describe('weeksOf', () => {
  it('begins weeks on Monday and borrows days from the neighbours', () => {
    const weeks = weeksOf('2026-11')
    expect(weeks).toHaveLength(6)
    expect(weeks[0]?.[0]).toBe('2026-10-26')
    expect(weeks[0]?.[6]).toBe('2026-11-01')
    expect(weeks.at(-1)?.[0]).toBe('2026-11-30')
  })

  it('borrows none where the month fits', () => {
    const weeks = weeksOf('2027-02')
    expect(weeks).toHaveLength(4)
    expect([weeks[0]?.[0], weeks[3]?.[6]]).toEqual(['2027-02-01', '2027-02-28'])
  })

  it('has every day of every month once, on its weekday', () => {
    for (let month = '2024-01'; month < '2028-01'; month = addMonths(month, 1)) {
      const days = weeksOf(month).flat()
      expect(days.every((day, i) => weekday(day) === i % 7)).toBe(true)
      const own = days.filter((day) => day.startsWith(month))
      expect(new Set(own).size).toBe(Number(addDays(`${addMonths(month, 1)}-01`, -1).slice(8)))
    }
  })
})

describe('moving', () => {
  it('goes over the end of summer time', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
  })

  it('goes back to Monday', () => {
    expect([weekday('2026-11-22'), weekday('2026-11-23')]).toEqual([6, 0])
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  })

  it('goes over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-01', -1)).toBe('2025-12')
  })

  it('stays on the last day where the other month is shorter', () => {
    expect(moveMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(moveMonths('2026-03-15', -1)).toBe('2026-02-15')
  })
})

it('steps from little to most', () => {
  expect([0, 10, 26, 50, 76, 100].map((one) => steps(one, 100))).toEqual([1, 1, 2, 2, 4, 4])
  expect(steps(0, 0)).toBe(1)
})
