import { describe, expect, it } from 'vitest'
import { OKS } from './pick'
import { toCsv, toJson, type Report } from './report'

const report: Report = {
  madeAt: '2026-11-22T14:00:00.000Z',
  device: { browser: 'Chromium 140, Linux', chip: 'ANGLE (Intel, "Iris", OpenGL)', cores: 8 },
  picture: 'figure',
  results: [
    {
      model: 'movenet',
      engine: 'wasm-threads',
      figures: { framesPerS: 41.26, medianMs: 24.24, slowestMs: 31, startMs: 812.4, threads: 4, frames: 90 },
    },
    { model: 'movenet', engine: 'webgpu', reason: 'webgpu_missing' },
  ],
}

describe('toJson', () => {
  it('holds the device, the date and every combination, with the one that was picked', () => {
    expect(JSON.parse(toJson(report))).toEqual({
      made_at: '2026-11-22T14:00:00.000Z',
      browser: 'Chromium 140, Linux',
      chip: 'ANGLE (Intel, "Iris", OpenGL)',
      cores: 8,
      picture: 'figure',
      results: [
        {
          model: 'movenet',
          engine: 'wasm-threads',
          frames_per_s: 41.3,
          median_ms: 24.2,
          slowest_ms: 31,
          start_ms: 812.4,
          threads: 4,
          frames: 90,
          oks: OKS.movenet,
          picked: true,
          not_available: null,
        },
        {
          model: 'movenet',
          engine: 'webgpu',
          frames_per_s: null,
          median_ms: null,
          slowest_ms: null,
          start_ms: null,
          threads: null,
          frames: null,
          oks: OKS.movenet,
          picked: false,
          not_available: 'webgpu_missing',
        },
      ],
    })
  })
})

describe('toCsv', () => {
  it('is one row a combination, quoted where it must be', () => {
    const about = '2026-11-22T14:00:00.000Z,"Chromium 140, Linux","ANGLE (Intel, ""Iris"", OpenGL)",8,figure'
    expect(toCsv(report).split('\r\n')).toEqual([
      'model,engine,frames_per_s,median_ms,slowest_ms,start_ms,threads,frames,oks,picked,not_available,' +
        'made_at,browser,chip,cores,picture',
      `movenet,wasm-threads,41.3,24.2,31,812.4,4,90,${OKS.movenet},true,,${about}`,
      `movenet,webgpu,,,,,,,${OKS.movenet},false,webgpu_missing,${about}`,
      '',
    ])
  })
  it('lets no driver write a formula', () => {
    const device = { ...report.device, chip: '=HYPERLINK(1)' }
    expect(toCsv({ ...report, device })).toContain(",'=HYPERLINK(1),")
  })
})
