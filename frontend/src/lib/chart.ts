import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'
import { fonts, palettes, type Mode, type Palette } from '@/styles/tokens'
import { dayAsDate } from './format'
import { bandSeries, slopeSeries } from './slopeBand'
import { isTotal, type Measure, type Segment, type SlopeLine } from './trend'

export interface ChartInput {
  segments: readonly Segment[]
  measure: Measure
  mode: Mode
  compact: boolean
  /** What the slope says, or null where there are too few points. */
  line: SlopeLine | null
  dayLabel: (day: string) => string
  /** The short form that stands below the axis. */
  dayTick: (day: string) => string
  valueLabel: (value: number) => string
  axisLabel: (value: number) => string
  versionLabel: (version: string) => string
}

type Series = BarSeriesOption | CustomSeriesOption | LineSeriesOption

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

function dataOf(segment: Segment, measure: Measure): [number, number][] {
  return segment.points.flatMap((point) => {
    const value = point[measure]
    return value === null ? [] : [[dayAsDate(point.day).getTime(), value] as [number, number]]
  })
}

/** A thin line where a new model version takes over: from there on the figures are measured anew. */
function boundary(segment: Segment, palette: Palette, label: string): LineSeriesOption['markLine'] {
  const first = segment.points[0]
  if (!first) return undefined
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.inkSoft, type: 'dotted', width: 1 },
    label: { formatter: label, color: palette.inkSoft, position: 'insideEndTop', fontSize: 11 },
    data: [{ xAxis: dayAsDate(first.day).getTime() }],
  }
}

/** Older versions are hollow, the newest is filled. */
function seriesOf(segment: Segment, index: number, input: ChartInput, palette: Palette): Series {
  const newest = segment.modelVersion === input.segments.at(-1)?.modelVersion
  const common = {
    name: segment.modelVersion,
    data: dataOf(segment, input.measure),
    markLine: index > 0 ? boundary(segment, palette, input.versionLabel(segment.modelVersion)) : undefined,
  }
  if (isTotal(input.measure)) {
    const fill = newest
      ? { color: palette.primary }
      : { color: palette.primarySoft, borderColor: palette.primary }
    return {
      ...common,
      type: 'bar',
      barMaxWidth: 14,
      barMinWidth: 3,
      barGap: '-100%',
      itemStyle: { ...fill, borderRadius: [4, 4, 0, 0] },
    }
  }
  return {
    ...common,
    type: 'line',
    symbol: 'circle',
    symbolSize: input.compact ? 6 : 8,
    showSymbol: true,
    lineStyle: { color: palette.primary, width: 2.5, type: newest ? 'solid' : 'dashed' },
    itemStyle: {
      color: newest ? palette.primary : palette.surface,
      borderColor: palette.primary,
      borderWidth: 2,
    },
  }
}

interface AxisPoint {
  value: [number, number]
  seriesName: string
}

/** Rich text, not HTML: the content security policy allows no inline styles. */
function tooltip(input: ChartInput, palette: Palette): Record<string, unknown> {
  const named = new Set(input.segments.map(({ modelVersion }) => modelVersion))
  return {
    trigger: 'axis',
    renderMode: 'richText',
    backgroundColor: palette.ink,
    borderWidth: 0,
    padding: [8, 12],
    textStyle: { color: palette.paper, fontFamily: fonts.body, fontSize: 13 },
    axisPointer: { type: 'line', lineStyle: { color: palette.line } },
    formatter: (points: AxisPoint[]) => {
      const own = points.filter(({ seriesName }) => named.has(seriesName))
      const first = own[0]
      if (!first) return ''
      const values = own.map((point) => input.valueLabel(point.value[1]))
      return [input.dayLabel(dayOf(first.value[0])), ...values].join('\n')
    },
  }
}

/** What ECharts draws for one measure: bars for a day's total, a line for a day's mean. */
export function chartOption(input: ChartInput): EChartsCoreOption {
  const palette = palettes[input.mode]
  const label = { color: palette.inkSoft, fontFamily: fonts.body, fontSize: 12 }
  return {
    useUTC: true,
    animationDuration: 500,
    grid: {
      left: 4,
      right: 12,
      top: 18,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    textStyle: { fontFamily: fonts.body },
    tooltip: tooltip(input, palette),
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      splitNumber: input.compact ? 3 : 5,
      minInterval: 24 * 3600 * 1000,
      axisLabel: { ...label, hideOverlap: true, formatter: (time: number) => input.dayTick(dayOf(time)) },
    },
    yAxis: {
      type: 'value',
      scale: !isTotal(input.measure),
      boundaryGap: [0, '6%'],
      splitNumber: 3,
      axisLabel: { ...label, formatter: input.axisLabel },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      ...input.segments.map((segment, index) => seriesOf(segment, index, input, palette)),
      ...(input.line ? [bandSeries(input.line, palette), slopeSeries(input.line, palette)] : []),
    ],
  }
}
