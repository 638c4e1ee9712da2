import { describe, expect, it } from 'vitest'
import type { TrendPoint } from '@/api/types'
import { chartOption, type ChartInput } from './chart'

const point = (day: string, model_version: string): TrendPoint => ({
  day,
  sets: 1,
  reps: 12,
  attempts: 0,
  active_s: 30,
  hold_s: null,
  rom_deg: 90,
  tempo_s: 2,
  reps_per_min: 20,
  model_version,
})
const input: ChartInput = {
  segments: [
    { modelVersion: '1', points: [point('2026-11-01', '1')] },
    { modelVersion: '2', points: [point('2026-11-05', '2')] },
  ],
  measure: 'rom_deg',
  mode: 'light',
  compact: false,
  dayLabel: (day) => day,
  valueLabel: (value) => `${value} degrees`,
  axisLabel: String,
  versionLabel: (version) => `Model ${version}`,
}
interface Drawn {
  type: string
  data: [number, number][]
  markLine?: { data: { xAxis: number }[]; label: { formatter: string } }
}
const drawn = (change: Partial<ChartInput> = {}) => chartOption({ ...input, ...change }).series as Drawn[]

describe('chartOption', () => {
  it('draws each model version for itself and marks where the new one starts', () => {
    const [older, newer] = drawn()
    expect(older?.data).toEqual([[Date.UTC(2026, 10, 1), 90]])
    expect(older?.markLine).toBeUndefined()
    expect(newer?.markLine?.data).toEqual([{ xAxis: Date.UTC(2026, 10, 5) }])
    expect(newer?.markLine?.label.formatter).toBe('Model 2')
  })

  it('draws totals as bars and means as a line', () => {
    expect(drawn({ measure: 'reps' })[0]?.type).toBe('bar')
    expect(drawn({ measure: 'tempo_s' })[0]?.type).toBe('line')
  })

  it('writes its tooltip as text, not as HTML', () => {
    const tooltip = chartOption(input).tooltip as {
      renderMode: string
      formatter: (points: { value: [number, number]; seriesName: string }[]) => string
    }
    expect(tooltip.renderMode).toBe('richText')
    expect(tooltip.formatter([{ value: [Date.UTC(2026, 10, 5), 90], seriesName: '2' }])).toBe(
      '2026-11-05\n90 degrees',
    )
  })
})
