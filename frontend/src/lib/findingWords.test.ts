import table from '@facts/form.json'
import { describe, expect, it } from 'vitest'
import en from '@/i18n/locales/en/form.json'
import { measuredOf } from './findingWords'

describe('measuredOf', () => {
  it.each([
    [{ measured: 43.4, limit: 20, unit: 'deg' }, 'form.at_most', '43°', '20°'],
    [{ measured: 20.2, limit: 20, unit: 'deg' }, 'form.at_most', '20.2°', '20°'],
    [{ measured: 120, limit: 150, unit: 'deg' }, 'form.at_least', '120°', '150°'],
    [{ measured: -18, limit: -15, unit: 'deg' }, 'form.at_most', '18°', '15°'],
    [{ measured: -12, limit: 45, unit: 'deg' }, 'form.at_least', '-12°', '45°'],
    [{ measured: 0.31, limit: 0.5, unit: 's' }, 'form.at_least', '0.3 s', '0.5 s'],
    [{ measured: 0.6, limit: 0.75, unit: 'ratio' }, 'form.at_least', '60 %', '75 %'],
  ] as const)('tells %o', (finding, key, measured, limit) => {
    expect(measuredOf(finding, 'en-GB')).toEqual({ key, measured, limit })
  })
})

describe('words', () => {
  const faults = Object.values(table.exercises).flatMap(({ faults }) => faults)

  it('exist for every fault, joint and phase', () => {
    for (const { fault, joint, phase } of faults) {
      expect(Object.keys(en.fault)).toContain(fault)
      expect(Object.keys(en.joint)).toContain(joint)
      expect(Object.keys(en.phase)).toContain(phase)
    }
  })

  it('exist for nothing else', () => {
    const named = new Set(faults.map(({ fault }) => fault))
    expect(Object.keys(en.fault).filter((fault) => !named.has(fault))).toEqual([])
  })
})
