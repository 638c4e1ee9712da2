import { describe, expect, it } from 'vitest'
import { endOf, hasEnded, LASTING } from './tokens'

const now = new Date('2026-03-02T12:00:00Z')

describe('the end of a token', () => {
  it('is an hour before so many days are over', () => {
    expect(endOf(7, now)).toBe('2026-03-09T11:00:00.000Z')
  })

  it('is never more than a year away, even for a clock that runs 59 minutes ahead', () => {
    const ahead = new Date(now.getTime() + 59 * 60_000)
    const most = now.getTime() + 365 * 86_400_000
    expect(Date.parse(endOf(Math.max(...LASTING), ahead))).toBeLessThanOrEqual(most)
  })

  it('has come at that moment', () => {
    expect(hasEnded({ expires_at: '2026-03-02T12:00:00Z' }, now)).toBe(true)
    expect(hasEnded({ expires_at: '2026-03-02T12:00:01Z' }, now)).toBe(false)
  })
})
