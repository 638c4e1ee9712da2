import type { BarSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'
import { fonts, palettes, type Mode, type Palette } from '@/styles/tokens'
import { ENGINES, MODELS, type Engine, type ModelName } from '@/selftest/combinations'
import { ENOUGH_FRAMES_PER_S } from '@/selftest/pick'
import { measured, type Result } from '@/selftest/result'

export interface SelfTestChartInput {
  results: readonly Result[]
  mode: Mode
  modelLabel: (model: ModelName) => string
  engineLabel: (engine: Engine) => string
  valueLabel: (framesPerS: number) => string
  /** Beside the line that marks what a camera gives. */
  enoughLabel: string
}

function colourOf(engine: Engine, palette: Palette): string {
  return {
    webgl: palette.primary,
    webgpu: palette.counted,
    'wasm-threads': palette.attempt,
    wasm: palette.neutral,
  }[engine]
}

/** Bars of frames/s: a group for each model, a bar for each engine, the slowest engine below. */
export function selfTestChart(input: SelfTestChartInput): EChartsCoreOption {
  const palette = palettes[input.mode]
  const label = { color: palette.inkSoft, fontFamily: fonts.body, fontSize: 12 }
  const found = measured(input.results)
  const models = MODELS.filter((model) => found.some((result) => result.model === model))
  const engines = ENGINES.filter((engine) => found.some((result) => result.engine === engine))
  const series = engines.map((engine, index): BarSeriesOption => {
    const of = (model: ModelName) => found.find((one) => one.model === model && one.engine === engine)
    return {
      name: input.engineLabel(engine),
      type: 'bar',
      barMaxWidth: 16,
      itemStyle: { color: colourOf(engine, palette), borderRadius: [0, 4, 4, 0] },
      label: {
        show: true,
        position: 'right',
        color: palette.ink,
        fontFamily: fonts.body,
        fontSize: 12,
        formatter: ({ value }) => input.valueLabel(Number(value)),
      },
      data: models.map((model) => of(model)?.figures.framesPerS ?? null),
      markLine: index === 0 ? enough(palette, input.enoughLabel) : undefined,
    }
  })
  return {
    animationDuration: 300,
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: label },
    grid: {
      left: 4,
      right: 44,
      top: 58,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    textStyle: { fontFamily: fonts.body },
    xAxis: {
      type: 'value',
      min: 0,
      // So that the mark is always in the picture.
      max: ({ max }: { max: number }) => Math.ceil(Math.max(max, ENOUGH_FRAMES_PER_S) / 5) * 5,
      splitNumber: 4,
      axisLabel: label,
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: models.map(input.modelLabel),
      axisLabel: label,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
    },
    series,
  }
}

function enough(palette: Palette, label: string): BarSeriesOption['markLine'] {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: palette.inkSoft, type: 'dashed', width: 1.5 },
    label: { formatter: label, color: palette.inkSoft, position: 'start', fontSize: 12 },
    data: [{ xAxis: ENOUGH_FRAMES_PER_S }],
  }
}
