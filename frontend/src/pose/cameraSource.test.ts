// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CameraSource } from './cameraSource'
import type { Picture } from './frameSource'
import { fitWithin } from './preprocess'

class FakeTrack extends EventTarget {
  readyState = 'live'
}

/** A camera whose pictures come when the test says so. */
function camera() {
  const track = new FakeTrack()
  let next: (() => void) | null = null
  const video = {
    videoWidth: 1280,
    videoHeight: 720,
    readyState: 4,
    requestVideoFrameCallback: (callback: () => void) => ((next = callback), 1),
    cancelVideoFrameCallback: () => void (next = null),
  }
  const stream = { getVideoTracks: () => [track] }
  return {
    track,
    video,
    show: () => next?.(),
    get isWatched() {
      return next !== null
    },
    source: new CameraSource(video as unknown as HTMLVideoElement, stream as unknown as MediaStream),
  }
}

describe('fitWithin', () => {
  it.each([
    ['4K', 3840, 2160, [514, 289]],
    ['portrait', 1080, 1920, [289, 514]],
    ['a small camera, never enlarged', 320, 240, [320, 240]],
  ])('takes down %s', (_, width, height, size) => expect(fitWithin(width, height)).toEqual(size))
})

describe('CameraSource', () => {
  let abort: AbortController

  beforeEach(() => {
    abort = new AbortController()
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        width = 0
        height = 0
        getContext = () => ({ drawImage: vi.fn() })
        transferToImageBitmap = () => ({ width: this.width, height: this.height })
      },
    )
  })
  afterEach(() => void vi.unstubAllGlobals())

  it('drops the pictures that come while one is in work, and queues none', async () => {
    const device = camera()
    let done: () => void = () => undefined
    const consume = vi.fn<(picture: Picture) => Promise<void>>(
      () => new Promise((resolve) => (done = resolve)),
    )
    const run = device.source.run(consume, { signal: abort.signal, onProcessor: false })
    device.show()
    device.show()
    device.show()
    expect(consume).toHaveBeenCalledTimes(1)
    done()
    await vi.waitFor(() => {
      device.show()
      expect(consume).toHaveBeenCalledTimes(2)
    })
    expect(consume.mock.calls[0][0]).toMatchObject({ widthPx: 1280, heightPx: 720, image: { width: 514 } })
    abort.abort()
    done()
    await run
    expect(device.isWatched).toBe(false)
  })

  it('settles only when the picture in work is done', async () => {
    const device = camera()
    let done: () => void = () => undefined
    let settled = false
    const run = device.source
      .run(() => new Promise<void>((resolve) => (done = resolve)), {
        signal: abort.signal,
        onProcessor: false,
      })
      .then(() => (settled = true))
    device.show()
    abort.abort()
    await Promise.resolve()
    expect(settled).toBe(false)
    done()
    await run
    expect(settled).toBe(true)
  })

  it('tells when the camera is unplugged', async () => {
    const device = camera()
    const run = device.source.run(async () => undefined, { signal: abort.signal, onProcessor: false })
    device.track.dispatchEvent(new Event('ended'))
    await expect(run).rejects.toMatchObject({ code: 'camera_ended' })
  })

  it('tells why a picture could not be used', async () => {
    const device = camera()
    const run = device.source.run(() => Promise.reject(new Error('boom')), {
      signal: abort.signal,
      onProcessor: false,
    })
    device.show()
    await expect(run).rejects.toMatchObject({ code: 'camera_failed', message: 'boom' })
  })
})
