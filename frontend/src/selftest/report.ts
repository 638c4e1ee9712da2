/** The self-test's results as files: for a spreadsheet (CSV) and for programs (JSON). */
import type { Device } from './device'
import { OKS, pick } from './pick'
import type { Result } from './result'

export interface Report {
  /** ISO 8601, UTC. */
  madeAt: string
  device: Device
  picture: 'figure' | 'camera'
  results: readonly Result[]
}

const COLUMNS = [
  'model',
  'engine',
  'frames_per_s',
  'median_ms',
  'slowest_ms',
  'start_ms',
  'threads',
  'frames',
  'oks',
  'picked',
  'not_available',
] as const

const ABOUT = ['made_at', 'browser', 'chip', 'cores', 'picture'] as const

type Row = Record<(typeof COLUMNS)[number], string | number | boolean | null>

function rowsOf({ results }: Report): Row[] {
  const picked = pick(results)?.result
  return results.map((result) => {
    const { model, engine } = result
    const figures = 'figures' in result ? result.figures : null
    const one = (value: number | undefined) => (value === undefined ? null : Math.round(value * 10) / 10)
    return {
      model,
      engine,
      frames_per_s: one(figures?.framesPerS),
      median_ms: one(figures?.medianMs),
      slowest_ms: one(figures?.slowestMs),
      start_ms: one(figures?.startMs),
      threads: figures?.threads ?? null,
      frames: figures?.frames ?? null,
      oks: OKS[model],
      picked: picked?.model === model && picked.engine === engine,
      not_available: 'reason' in result ? result.reason : null,
    }
  })
}

function about({ madeAt, device, picture }: Report): Record<(typeof ABOUT)[number], string | number> {
  return { made_at: madeAt, browser: device.browser, chip: device.chip, cores: device.cores, picture }
}

export function toJson(report: Report): string {
  return `${JSON.stringify({ ...about(report), results: rowsOf(report) }, null, 2)}\n`
}

/** One row for each combination, RFC 4180, with what is known of the device in every row. */
export function toCsv(report: Report): string {
  const shared = about(report)
  const lines = rowsOf(report).map((row) =>
    [...COLUMNS.map((name) => row[name]), ...ABOUT.map((name) => shared[name])].map(cell).join(','),
  )
  return [[...COLUMNS, ...ABOUT].join(','), ...lines, ''].join('\r\n')
}

/** A leading apostrophe keeps a spreadsheet from taking text for a formula. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
