import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS, workerSettings } from '@/pose/detectorSettings'
import type { FromWorker, ToWorker } from './messages'
import { PoseClient } from './poseClient'

/** A worker that does what the test tells it to. */
class FakeWorker {
  readonly got: ToWorker[] = []
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null = null
  onerror: ((event: ErrorEvent) => void) | null = null
  onmessageerror: (() => void) | null = null
  terminate = vi.fn()
  postMessage(message: ToWorker) {
    this.got.push(message)
  }
  say(message: FromWorker) {
    this.onmessage?.(new MessageEvent('message', { data: message }))
  }
}

describe('PoseClient', () => {
  let worker: FakeWorker
  let client: PoseClient
  const onProgress = vi.fn()
  const onBackend = vi.fn()
  const picture = () => ({ image: {} as ImageBitmap, widthPx: 4, heightPx: 3, tMs: 0, inSet: false })
  const options = {
    ...workerSettings(DEFAULT_SETTINGS),
    modelUrls: { posenet: '', movenet: '', thunder: '', refiner: '' },
    wasmUrl: '',
    style: { bone: '', joint: '', highlight: '', minScore: 0 },
  } as const

  beforeEach(() => {
    vi.clearAllMocks()
    worker = new FakeWorker()
    client = new PoseClient({ onProgress, onBackend }, worker as unknown as Worker)
  })
  afterEach(() => void vi.useRealTimers())

  it('says at once that a worker is dead that died between two questions', async () => {
    worker.onerror?.({ message: 'out of memory' } as ErrorEvent)
    await expect(client.estimate(picture())).rejects.toMatchObject({ code: 'worker_crashed' })
    expect(worker.got).toEqual([])
  })

  it('passes progress and backend on and settles when ready', async () => {
    const loaded = client.load(options)
    worker.say({ type: 'backend', backend: 'wasm', threads: 2, notice: null })
    worker.say({ type: 'progress', phase: 'download', share: 0.5 })
    worker.say({ type: 'ready' })
    await loaded
    expect(onBackend).toHaveBeenCalledWith('wasm', null, 2)
    expect(onProgress).toHaveBeenCalledWith('download', 0.5)
  })

  it('answers a picture with its pose', async () => {
    const pose = new Float32Array(51)
    const found = client.estimate(picture())
    worker.say({ type: 'pose', pose, estimator: 'movenet_lightning', others: 2 })
    expect(await found).toEqual({ pose, estimator: 'movenet_lightning', others: 2 })
  })

  it('hands errors on with their code', async () => {
    const loaded = client.load(options)
    worker.say({ type: 'failed', code: 'model_unreachable', message: 'gone' })
    await expect(loaded).rejects.toMatchObject({ code: 'model_unreachable', message: 'gone' })
  })

  it.each([
    ['crashes', () => worker.onerror?.({ message: 'out of memory' } as ErrorEvent)],
    ['is ended', () => client.terminate()],
    ['never answers', () => void vi.advanceTimersByTime(120_000)],
  ])('does not hang when the worker %s', async (_, happens) => {
    vi.useFakeTimers()
    const found = client.estimate(picture())
    happens()
    await expect(found).rejects.toMatchObject({ code: 'worker_crashed' })
  })

  it('takes a picture while one is in work, and answers them in order', async () => {
    const [first, second] = [client.estimate(picture()), client.estimate(picture())]
    expect(worker.got).toHaveLength(2)
    await expect(client.estimate(picture())).rejects.toThrow('two requests at a time')
    const pose = new Float32Array(51)
    worker.say({ type: 'pose', pose, estimator: 'movenet_lightning', others: 1 })
    worker.say({ type: 'pose', pose, estimator: 'movenet_lightning', others: 2 })
    expect([(await first).others, (await second).others]).toEqual([1, 2])
  })

  it('fails a picture alone that could not be read, and all with a worker that died', async () => {
    const [first, second] = [client.estimate(picture()), client.estimate(picture())]
    worker.say({ type: 'failed', code: 'detector_failed', message: 'no numbers' })
    await expect(first).rejects.toMatchObject({ code: 'detector_failed' })
    const third = client.estimate(picture())
    client.terminate()
    await expect(second).rejects.toMatchObject({ code: 'worker_crashed' })
    await expect(third).rejects.toMatchObject({ code: 'worker_crashed' })
  })
})
