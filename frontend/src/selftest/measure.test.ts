import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import { PoseError } from '@/pose/errors'
import { noticeOf } from '@/pose/settings'
import type { PoseClientEvents } from '@/workers/poseClient'
import type { Engine } from './combinations'
import { measure } from './measure'

let events: PoseClientEvents
const client = { load: vi.fn(), estimate: vi.fn(), terminate: vi.fn() }
const take = () => Promise.resolve({ image: {} as ImageBitmap, widthPx: 4, heightPx: 3 })
const found = { pose: new Float32Array(51), estimator: 'posenet_mobilenet_075' }

function run(engine: Engine, signal = new AbortController().signal) {
  return measure(
    { model: 'posenet_193', engine },
    {
      take,
      signal,
      settings: { ...DEFAULT_SETTINGS, outputStride: 8 },
      createClient: (given) => ((events = given), client),
    },
  )
}

describe('measure', () => {
  beforeEach(() => {
    client.load.mockReset().mockImplementation(async () => events.onBackend('wasm', null, 1))
    client.estimate.mockReset().mockResolvedValue(found)
    client.terminate.mockReset()
  })

  it('times pictures in a worker of its own, with the settings of the device', async () => {
    const result = await run('wasm')
    expect(result).toMatchObject({
      model: 'posenet_193',
      engine: 'wasm',
      figures: { threads: 1, frames: 90 },
    })
    const wanted = { backend: 'wasm', detector: 'posenet', inputSidePx: 193, outputStride: 8 }
    expect(client.load).toHaveBeenCalledWith(expect.objectContaining(wanted))
    expect(client.terminate).toHaveBeenCalled()
  })

  it.each<[Engine, string, number, Parameters<typeof noticeOf>[0] | null, string]>([
    ['webgl', 'wasm', 4, 'webgl_missing', 'webgl_missing'],
    ['webgpu', 'webgl', 1, 'webgpu_missing', 'webgpu_missing'],
    ['wasm-threads', 'wasm', 1, 'threads_missing', 'threads_missing'],
    ['wasm-threads', 'wasm', 1, null, 'backend_unavailable'],
  ])('%s counts as not available where %s runs instead', async (engine, backend, threads, notice, reason) => {
    client.load.mockImplementation(async () =>
      events.onBackend(backend as 'wasm', notice && noticeOf(notice), threads),
    )
    expect(await run(engine)).toEqual({ model: 'posenet_193', engine, reason })
    expect(client.estimate).not.toHaveBeenCalled()
  })

  it('does not time an engine that was lost on the way', async () => {
    client.load.mockImplementation(async () => events.onBackend('webgl', null, 1))
    client.estimate.mockImplementationOnce(async () => {
      events.onBackend('wasm', noticeOf('webgl_lost'), 2)
      return found
    })
    expect(await run('webgl')).toMatchObject({ reason: 'webgl_lost' })
  })

  it('makes a row of an error', async () => {
    client.load.mockRejectedValue(new PoseError('model_unreachable', 'no connection'))
    expect(await run('wasm')).toEqual({ model: 'posenet_193', engine: 'wasm', reason: 'model_unreachable' })
    expect(client.terminate).toHaveBeenCalled()
  })

  it('ends at once when it is cancelled', async () => {
    const own = new AbortController()
    let fail: (error: Error) => void = () => undefined
    client.terminate.mockImplementation(() => fail(new PoseError('worker_crashed', 'ended')))
    client.load.mockImplementation(() => new Promise((_, reject) => (fail = reject)))
    const result = run('wasm', own.signal)
    own.abort()
    expect(await result).toMatchObject({ reason: 'cancelled' })
  })
})
