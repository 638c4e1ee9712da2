import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { decodeClip } from '@/pose/clip'
import { PoseError } from '@/pose/errors'
import { studioRig, type StudioParts } from './studioRig'

const parts = vi.hoisted((): StudioParts => ({
  camera: null,
  file: null,
  loop: null,
  onPose: () => undefined,
  getSet: () => Promise.resolve(null),
  drained: () => Promise.resolve(true),
  sent: [],
}))
vi.mock('./useCamera', () => ({ useCamera: () => parts.camera }))
vi.mock('./useVideoFile', () => ({ useVideoFile: () => parts.file }))
vi.mock('./usePoseLoop', () => ({
  usePoseLoop: (options: { onPose: typeof parts.onPose }) => {
    parts.onPose = options.onPose
    return parts.loop
  },
}))
vi.mock('@/api/workouts', () => ({ getSetNow: (id: string) => parts.getSet(id) }))
vi.mock('@/pose/outbox', () => ({
  Outbox: class {
    start = () => undefined
    stop = () => undefined
    subscribe = () => () => undefined
    enqueue = (write: unknown) => Promise.resolve(parts.sent.push(write))
    drained = () => parts.drained()
  },
}))

describe('useStudio, when something fails', () => {
  const { fakes, cameraId, setUp, ready, writes, calls, frames } = studioRig(parts)

  it('counts what could be read of a video that breaks off', async () => {
    const studio = await setUp()
    const running = studio.openVideo(new File([], 'torn.mp4'))
    await flushPromises()
    frames(0, 1_000)
    fakes.loop.endWith('failed')
    await running
    expect(studio.fileEnded.value).toBe(false)
    expect(calls().at(-1)).toBe('POST /api/sets/*/finish')
  })

  it('goes back to the choice when the file cannot be read, and starts no workout', async () => {
    const studio = await setUp()
    fakes.file.open.mockResolvedValue(false)
    await studio.openVideo(new File([], 'notes.txt'))
    expect(studio.status.value).toBe('choosing')
    expect(calls()).toEqual([])
  })

  it('goes back to the choice when the camera is refused', async () => {
    const studio = await setUp()
    fakes.camera.open.mockResolvedValue(false)
    await studio.openCamera()
    expect(studio.status.value).toBe('choosing')
  })

  it('takes any camera when the one of last time is gone, and remembers it', async () => {
    cameraId.value = 'attic'
    fakes.camera.open.mockImplementationOnce(() => Promise.resolve(false))
    const studio = await ready()
    expect(fakes.camera.open.mock.calls).toEqual([['attic'], []])
    expect(studio.status.value).toBe('ready')
    expect(cameraId.value).toBe('cam-1')
  })

  it('fails when no engine can be had', async () => {
    fakes.loop.load.mockResolvedValue(false)
    const studio = await ready()
    expect(studio.status.value).toBe('failed')
    expect(fakes.camera.close).toHaveBeenCalled()
  })

  it('goes on with the set when a camera was plugged in again', async () => {
    const studio = await ready()
    await studio.startSet()
    frames(8_000, 8_500)
    fakes.loop.endWith('failed')
    await flushPromises()
    expect(studio.status.value).toBe('counting')
    vi.advanceTimersByTime(2_000)
    await studio.openCamera()
    frames(0, 400)
    await studio.finishSet()
    const times = writes()
      .filter(({ path }) => path.includes('/clips/'))
      .flatMap(({ body }) => decodeClip(body as Uint8Array).frames.map(({ tMs }) => tMs))
    expect(times).toHaveLength(11)
    expect(times[6]).toBeGreaterThanOrEqual(2_500)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('does not wait for ever for a lost network', async () => {
    parts.drained = () => new Promise(() => undefined)
    const studio = await ready()
    await studio.startSet()
    const ending = studio.finishWorkout()
    await vi.advanceTimersByTimeAsync(8_000)
    expect((await ending)?.sent).toBe(false)
  })

  it('goes on by itself when the camera of a running set is plugged in again', async () => {
    const studio = await setUp()
    await studio.openCamera()
    await studio.startSet()
    fakes.loop.error.value = new PoseError('camera_ended', 'unplugged')
    fakes.loop.endWith('failed')
    fakes.camera.devices.value = []
    await flushPromises()
    expect(fakes.camera.open).toHaveBeenCalledOnce()
    fakes.camera.devices.value = [{ deviceId: 'cam-1', label: 'Front' }]
    await flushPromises()
    expect(fakes.camera.open).toHaveBeenCalledTimes(2)
    expect(fakes.camera.open).toHaveBeenLastCalledWith('cam-1')
    expect(studio.status.value).toBe('counting')
  })
})
