import { expect, it } from 'vitest'
import { FRESH, progressOf, STEPS, stepFrom, type Log } from './firstRun'

it('goes through every step and stays at the ends', () => {
  const seen = [FRESH.step]
  for (let i = 0; i < STEPS.length; i++) seen.push(stepFrom(seen.at(-1)!, 1))
  expect(seen).toEqual([...STEPS, 'next'])
  expect(stepFrom('what', -1)).toBe('what')
  expect(stepFrom('place', -1)).toBe('camera')
})

it('keeps accounts apart', () => {
  const log: Log = { 'ana@example.org': { step: 'trial', done: true } }
  expect(progressOf(log, 'ana@example.org')).toEqual({ step: 'trial', done: true })
  expect(progressOf(log, 'ben@example.org')).toEqual(FRESH)
})

it('begins anew where the storage holds something else', () => {
  const log = { ana: { step: 'dance', done: 'perhaps' } } as unknown as Log
  expect(progressOf(log, 'ana')).toEqual(FRESH)
})
