/** The slope of a trend and the band of its interval, for ECharts. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { Palette } from '@/styles/tokens'
import { dayAsDate } from './format'
import type { SlopeLine } from './trend'

type At = [time: number, value: number]

const timeOf = (day: string): number => dayAsDate(day).getTime()

/** The corners of the band left and right of the middle: it is narrowest where the days are. */
export function wedges(line: SlopeLine): [At, At, At][] {
  const [from, to] = [timeOf(line.from), timeOf(line.to)]
  const middle: At = [(from + to) / 2, line.atMiddle]
  return [from, to].map((time, end): [At, At, At] => {
    const [low, high] = line.bounds[end === 0 ? 0 : 1]
    return [middle, [time, low], [time, high]]
  })
}

/** Lies behind the figures and keeps out of the axis, which belongs to them. */
export function bandSeries(line: SlopeLine, palette: Palette): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    tooltip: { show: false },
    data: wedges(line).map((corners) => corners[0]),
    renderItem: (params, api) => {
      const corners = wedges(line)[params.dataIndex] ?? []
      return {
        type: 'polygon',
        shape: { points: corners.map((corner) => api.coord(corner)) },
        style: { fill: palette.counted, opacity: 0.16 },
      }
    },
  }
}

export function slopeSeries(line: SlopeLine, palette: Palette): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    z: 3,
    symbol: 'none',
    tooltip: { show: false },
    lineStyle: { color: palette.counted, width: 2, type: 'solid' },
    data: [
      [timeOf(line.from), line.values[0]],
      [timeOf(line.to), line.values[1]],
    ],
  }
}
