import { describe, expect, it } from 'vitest'
import * as f from './format'

describe('days', () => {
  it('belong to the time zone, not to UTC', () => {
    const late = '2026-11-22T23:30:00Z'
    expect(f.localDay(late, 'UTC')).toBe('2026-11-22')
    expect(f.localDay(late, 'Europe/Berlin')).toBe('2026-11-23')
    expect(f.localDay(late, 'America/Los_Angeles')).toBe('2026-11-22')
  })

  it('are written in the language, wherever the device is', () => {
    expect(f.formatDay('2026-11-02', 'en-GB')).toBe('2 Nov')
    expect(f.formatDay('2026-03-02', 'de', { month: 'long', year: 'numeric' })).toBe('März 2026')
  })

  it('keep the wall clock of the zone', () => {
    const options = { timeStyle: 'short' } as const
    expect(f.formatInstant('2026-11-22T23:30:00Z', 'en-GB', 'Europe/Berlin', options)).toBe('00:30')
  })
})

describe('durations', () => {
  it.each([
    [0, 'en', '0 seconds'],
    [1, 'en', '1 second'],
    [59.4, 'en', '59 seconds'],
    [60, 'en', '1 minute'],
    [725, 'en', '12 minutes'],
    [3600, 'en', '1 hour'],
    [3900, 'en', '1 hour, 5 minutes'],
    [725, 'de', '12 Minuten'],
    [-5, 'en', '0 seconds'],
  ])('%d s in %s is %s', (seconds, locale, text) => expect(f.formatDuration(seconds, locale)).toBe(text))

  it.each([
    [45, '45 seconds'],
    [119, '1 minute, 59 seconds'],
    [120, '2 minutes'],
    [725, '12 minutes'],
  ])('a hold of %d s is %s', (seconds, text) => expect(f.formatHold(seconds, 'en')).toBe(text))

  it('stand on a clock within a set', () => {
    expect(f.formatClock(0)).toBe('0:00')
    expect(f.formatClock(65_999)).toBe('1:05')
  })
})

describe('numbers', () => {
  it('use the separators of the language', () => {
    expect(f.formatNumber(1234.56, 'en-GB', 1)).toBe('1,234.6')
    expect(f.formatNumber(1234.56, 'de', 1)).toBe('1.234,6')
  })

  it('carry their unit in words', () => {
    expect(f.formatUnit(98.4, 'degree', 'en')).toBe('98 degrees')
    expect(f.formatUnit(2.51, 'second', 'de', 1)).toBe('2,5 Sekunden')
  })
})

describe('median', () => {
  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %j', (values, expected) => expect(f.median(values)).toBe(expected))
})

it('offers the zone of the device among all zones', () => {
  expect(f.timeZones()).toContain(f.deviceTimeZone())
  expect(f.timeZones()).toContain('Europe/Berlin')
})
