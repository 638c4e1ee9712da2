import { describe, expect, it } from 'vitest'
import type { TrendPoint } from '@/api/types'
import { chartOption, type ChartInput } from './chart'
import { wedges } from './slopeBand'
import type { SlopeLine } from './trend'
import { noFigures } from './trendFakes'

const point = (day: string, model_version: string): TrendPoint => ({
  ...noFigures,
  day,
  model_version,
  reps: 12,
  rom_deg: 90,
  tempo_s: 2,
  reps_per_min: 20,
})
const input: ChartInput = {
  segments: [
    { modelVersion: '1', points: [point('2026-11-01', '1')] },
    { modelVersion: '2', points: [point('2026-11-05', '2')] },
  ],
  measure: 'rom_deg',
  mode: 'light',
  compact: false,
  line: null,
  dayLabel: (day) => day,
  dayTick: (day) => day,
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

  it('draws the slope over the bars and its band behind, without moving the axis', () => {
    const line: SlopeLine = {
      from: '2026-11-01',
      to: '2026-11-05',
      values: [80, 100],
      bounds: [
        [70, 85],
        [95, 110],
      ],
      atMiddle: 90,
    }
    const [band, slope] = drawn({ line }).slice(2)
    expect(band?.type).toBe('custom')
    expect(band?.data.map(([, value]) => value)).toEqual([90, 90])
    expect(slope?.data).toEqual([
      [Date.UTC(2026, 10, 1), 80],
      [Date.UTC(2026, 10, 5), 100],
    ])
    expect(wedges(line)[0]?.map(([, value]) => value)).toEqual([90, 70, 85])
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
