import { describe, expect, it } from 'vitest'
import { askedBackoffMs, backoffMs, Bell, retryAfterMs, sleep } from './backoff'

describe('backoffMs', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [7, 60_000],
    [50, 60_000],
  ])('after %i failures is between half of and all of %i ms', (failures, whole) => {
    expect(backoffMs(failures, () => 0)).toBe(whole / 2)
    expect(backoffMs(failures, () => 1)).toBe(whole)
  })
})

describe('askedBackoffMs', () => {
  it.each([
    [17_000, 1, 17_000, 18_000],
    [2_000, 6, 16_000, 33_000],
  ])('of %i ms after %i failures is never less than asked, and is spread', (asked, failures, least, most) => {
    expect(askedBackoffMs(asked, failures, () => 0)).toBe(least)
    expect(askedBackoffMs(asked, failures, () => 1)).toBe(most)
  })
})

describe('retryAfterMs', () => {
  const now = Date.parse('2030-01-01T10:00:00Z')
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['-4', 0],
    ['Tue, 01 Jan 2030 10:00:09 GMT', 9_000],
    ['Tue, 01 Jan 2030 09:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('reads %j as %j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms))
})

describe('sleep', () => {
  it('ends at once when aborted', async () => {
    const abort = new AbortController()
    const slept = sleep(60_000, abort.signal)
    abort.abort()
    await expect(slept).resolves.toBeUndefined()
  })
})

describe('Bell', () => {
  it('remembers a ring until somebody waits, once', async () => {
    const bell = new Bell()
    const { signal } = new AbortController()
    bell.ring()
    await bell.wait(signal)
    let heard = false
    const second = bell.wait(signal).then(() => (heard = true))
    await Promise.resolve()
    expect(heard).toBe(false)
    bell.ring()
    await second
    expect(heard).toBe(true)
  })
})
