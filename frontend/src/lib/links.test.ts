import { describe, expect, it } from 'vitest'
import type { Look } from '@/api/links'
import { byDayAndCoach, endOfDay, invitationLink, lastDay } from './links'

const tom = { id: 't', name: 'Tom', email: 'tom@example.org' }
const una = { id: 'u', name: 'Una', email: 'una@example.org' }
const squats = { workout: 'w', set: 's', day: '2026-03-03', exercise: 'squat', title: null }
let id = 100
const look = (at: string, change: Partial<Look> = {}): Look => ({
  id: id--,
  at: `2026-03-04T${at}:00Z`,
  coach: tom,
  what: 'set',
  about: squats,
  ...change,
})

describe('endOfDay', () => {
  it.each([
    ['2026-03-04', 'UTC', '2026-03-05T00:00:00.000Z'],
    ['2026-03-04', 'Europe/Oslo', '2026-03-04T23:00:00.000Z'],
    ['2026-03-04', 'Pacific/Kiritimati', '2026-03-04T10:00:00.000Z'],
    ['2026-03-04', 'Pacific/Pago_Pago', '2026-03-05T11:00:00.000Z'],
    ['2026-03-28', 'Europe/Oslo', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Oslo', '2026-03-29T22:00:00.000Z'],
    ['2026-03-04', 'Asia/Kathmandu', '2026-03-04T18:15:00.000Z'],
  ])('of %s in %s is %s', (day, zone, instant) => {
    expect(endOfDay(day, zone)).toBe(instant)
    expect(lastDay(instant, zone)).toBe(day)
  })
})

describe('byDayAndCoach', () => {
  it('says each thing once a day and coach, and how often', () => {
    const days = byDayAndCoach(
      [look('09:00'), look('08:59'), look('08:58', { coach: una }), look('08:57', { what: 'replay' })],
      'UTC',
    )
    expect(days).toHaveLength(1)
    expect(days[0]?.coaches.map((one) => [one.coach.name, one.looked.map((each) => each.times)])).toEqual([
      ['Tom', [2, 1]],
      ['Una', [1]],
    ])
  })
  it('keeps two sets apart', () => {
    const other = { ...squats, set: 'other' }
    const [day] = byDayAndCoach([look('09:00'), look('08:00', { about: other })], 'UTC')
    expect(day?.coaches[0]?.looked).toHaveLength(2)
  })
  it('puts a late look on the day of the athlete', () => {
    const days = byDayAndCoach([look('23:30'), look('22:30')], 'Europe/Oslo')
    expect(days.map((one) => one.day)).toEqual(['2026-03-05', '2026-03-04'])
  })
})

it('makes the link that a phone opens', () => {
  expect(invitationLink('https://coach.example', '4T7K-9QXE')).toBe('https://coach.example/join/4T7K-9QXE')
})
