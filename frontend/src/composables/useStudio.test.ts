import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { ApiError } from '@/api/client'
import type { SetDetail } from '@/api/types'
import { aRep, aSet } from '@/components/studio/testing'
import { decodeClip } from '@/pose/clip'
import { PoseError } from '@/pose/errors'
import type { StampedFrame } from '@/pose/frame'
import type { Write } from '@/pose/writes'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore } from '@/stores/workout'
import { fakeCamera, fakeFile, fakeLoop } from './studioFakes'
import { useStudio } from './useStudio'

const parts = vi.hoisted(() => ({
  camera: null as unknown,
  file: null as unknown,
  loop: null as unknown,
  onPose: (() => undefined) as (frame: unknown) => void,
  getSet: (() => Promise.resolve(null)) as (id: string) => Promise<unknown>,
  drained: (): Promise<boolean> => Promise.resolve(true),
  sent: [] as unknown[],
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

const frame = (tMs: number): StampedFrame => ({
  tMs,
  estimator: 'posenet_mobilenet_075',
  pose: new Float32Array(51).fill(0.5),
  widthPx: 640,
  heightPx: 480,
})
const frames = (fromMs: number, toMs: number): void => {
  for (let tMs = fromMs; tMs <= toMs; tMs += 100) parts.onPose(frame(tMs))
}

class SilentSocket {
  close(): void {}
}

describe('useStudio', () => {
  let camera: ReturnType<typeof fakeCamera>
  let file: ReturnType<typeof fakeFile>
  let loop: ReturnType<typeof fakeLoop>
  let scope: EffectScope
  const cameraId = ref<string | null>(null)
  const writes = (): Write[] => parts.sent as Write[]
  const calls = (): string[] =>
    writes().map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/g, '*')}`)

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', SilentSocket)
    localStorage.clear()
    setActivePinia(createPinia())
    parts.camera = camera = fakeCamera()
    parts.file = file = fakeFile()
    parts.loop = loop = fakeLoop()
    parts.sent = []
    parts.drained = () => Promise.resolve(true)
    parts.getSet = () => Promise.reject(new ApiError('not_found', '', 404))
    cameraId.value = null
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  async function setUp(exercise: string | null = null) {
    useOutboxStore().open('ada')
    await useWorkoutStore().open('ada')
    return scope.run(() =>
      useStudio({ video: ref(null), canvas: ref(null), exercise: ref(exercise), cameraId }),
    )!
  }

  async function ready(exercise: string | null = null) {
    const studio = await setUp(exercise)
    await studio.openCamera()
    return studio
  }

  it('keeps nothing of what the camera sees before a set starts', async () => {
    const studio = await ready()
    expect(studio.status.value).toBe('ready')
    frames(0, 5_000)
    expect(calls()).toEqual([])
  })

  it('sends a clip each second, timed from the start of the set', async () => {
    const studio = await ready('squat')
    frames(0, 5_000)
    await studio.startSet()
    frames(5_100, 7_500)
    await studio.finishSet()
    expect(calls()).toEqual([
      'PUT /api/workouts/*',
      'PUT /api/sets/*',
      'PUT /api/sets/*/clips/0',
      'PUT /api/sets/*/clips/1',
      'PUT /api/sets/*/clips/2',
      'POST /api/sets/*/finish',
    ])
    const first = decodeClip(writes()[2]!.body as Uint8Array)
    expect(first.frames[0]?.tMs).toBe(0)
    expect(first.frames.at(-1)?.tMs).toBe(1_000)
    expect(JSON.parse(String(writes().at(-1)!.body))).toMatchObject({ clip_count: 3 })
  })

  it('is done only when the server has said its last word', async () => {
    const studio = await ready()
    await studio.startSet()
    frames(0, 500)
    await studio.finishSet()
    expect(studio.status.value).toBe('waiting')
    const id = studio.recorder.setId.value!
    const done: SetDetail = aSet({ id, state: 'done', rep_count: 1, reps: [aRep()] })
    parts.getSet = () => Promise.resolve(done)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(studio.status.value).toBe('done')
    expect(studio.live.set.value?.rep_count).toBe(1)
  })

  it('starts the next set straight from the last one', async () => {
    const studio = await ready()
    await studio.startSet()
    await studio.finishSet()
    const first = studio.recorder.setId.value
    expect(await studio.startSet()).toBe(true)
    expect(studio.recorder.setId.value).not.toBe(first)
    expect(calls().filter((call) => call === 'PUT /api/workouts/*')).toHaveLength(1)
  })

  it('runs a video by itself from its beginning to its end', async () => {
    const studio = await setUp()
    const running = studio.openVideo(new File([], 'squats.mp4'))
    await flushPromises()
    expect(studio.status.value).toBe('counting')
    frames(300, 6_000)
    loop.endWith('ended')
    await running
    expect(studio.status.value).toBe('waiting')
    expect(studio.fileEnded.value).toBe(true)
    const clips = writes().filter(({ path }) => path.includes('/clips/'))
    expect(clips).toHaveLength(2)
    // A file has its own clock: what comes before the first frame belongs to the set.
    expect(decodeClip(clips[0]!.body as Uint8Array).frames[0]?.tMs).toBe(300)
  })

  it('counts what could be read of a video that breaks off', async () => {
    const studio = await setUp()
    const running = studio.openVideo(new File([], 'torn.mp4'))
    await flushPromises()
    frames(0, 1_000)
    loop.endWith('failed')
    await running
    expect(studio.fileEnded.value).toBe(false)
    expect(calls().at(-1)).toBe('POST /api/sets/*/finish')
  })

  it('goes back to the choice when the file cannot be read, and starts no workout', async () => {
    const studio = await setUp()
    file.open.mockResolvedValue(false)
    await studio.openVideo(new File([], 'notes.txt'))
    expect(studio.status.value).toBe('choosing')
    expect(calls()).toEqual([])
  })

  it('goes back to the choice when the camera is refused', async () => {
    const studio = await setUp()
    camera.open.mockResolvedValue(false)
    await studio.openCamera()
    expect(studio.status.value).toBe('choosing')
  })

  it('takes any camera when the one of last time is gone, and remembers it', async () => {
    cameraId.value = 'attic'
    camera.open.mockImplementationOnce(() => Promise.resolve(false))
    const studio = await ready()
    expect(camera.open.mock.calls).toEqual([['attic'], []])
    expect(studio.status.value).toBe('ready')
    expect(cameraId.value).toBe('cam-1')
  })

  it('fails when no engine can be had', async () => {
    loop.load.mockResolvedValue(false)
    const studio = await ready()
    expect(studio.status.value).toBe('failed')
    expect(camera.close).toHaveBeenCalled()
  })

  it('goes on with the set when a camera was plugged in again', async () => {
    const studio = await ready()
    await studio.startSet()
    frames(8_000, 8_500)
    loop.endWith('failed')
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

  it('ends a running set with the workout, and tells whether all of it was sent', async () => {
    const studio = await ready()
    await studio.startSet()
    frames(0, 300)
    const ended = await studio.finishWorkout()
    expect(ended?.sent).toBe(true)
    expect(calls().slice(-2)).toEqual(['POST /api/sets/*/finish', 'POST /api/workouts/*/finish'])
  })

  it('does not wait for ever for a lost network', async () => {
    parts.drained = () => new Promise(() => undefined)
    const studio = await ready()
    await studio.startSet()
    const ending = studio.finishWorkout()
    await vi.advanceTimersByTimeAsync(8_000)
    expect((await ending)?.sent).toBe(false)
  })

  it('asks the server no more about a discarded set, until it is brought back', async () => {
    const studio = await ready()
    await studio.startSet()
    await studio.finishSet()
    const id = studio.recorder.setId.value!
    await useWorkoutStore().discardSet(id)
    const ask = vi.fn(() => Promise.resolve(aSet({ id, state: 'done', rep_count: 7 })))
    parts.getSet = ask
    await vi.advanceTimersByTimeAsync(10_000)
    expect(ask).not.toHaveBeenCalled()
    await useWorkoutStore().restoreSet(id)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(studio.live.set.value?.rep_count).toBe(7)
  })

  describe('when settings of the detector change', () => {
    const change = async () => {
      loop.isStale.value = true
      await vi.advanceTimersByTimeAsync(1_000)
    }

    it('loads it again before a set, and shows that it does', async () => {
      const studio = await setUp()
      await studio.openCamera()
      const seen: string[] = []
      loop.renew.mockImplementation(() => {
        seen.push(studio.status.value)
        loop.isStale.value = false
        return Promise.resolve(true)
      })
      await change()
      expect(seen).toEqual(['loading'])
      expect(studio.status.value).toBe('ready')
    })

    it('waits for the end of a running set', async () => {
      const studio = await setUp()
      await studio.openCamera()
      await studio.startSet()
      await change()
      expect(loop.renew).not.toHaveBeenCalled()
      await studio.finishSet()
      await vi.advanceTimersByTimeAsync(1_000)
      expect(loop.renew).toHaveBeenCalledOnce()
      expect(studio.status.value).toBe('waiting')
    })

    it('goes back to the choice of a source when it cannot be loaded', async () => {
      const studio = await setUp()
      await studio.openCamera()
      loop.renew.mockResolvedValue(false)
      await change()
      expect(studio.status.value).toBe('choosing')
    })
  })

  it('goes on by itself when the camera of a running set is plugged in again', async () => {
    const studio = await setUp()
    await studio.openCamera()
    await studio.startSet()
    loop.error.value = new PoseError('camera_ended', 'unplugged')
    loop.endWith('failed')
    camera.devices.value = []
    await flushPromises()
    expect(camera.open).toHaveBeenCalledOnce()
    camera.devices.value = [{ deviceId: 'cam-1', label: 'Front' }]
    await flushPromises()
    expect(camera.open).toHaveBeenCalledTimes(2)
    expect(camera.open).toHaveBeenLastCalledWith('cam-1')
    expect(studio.status.value).toBe('counting')
  })
})
