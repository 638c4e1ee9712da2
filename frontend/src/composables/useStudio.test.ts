import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { SetDetail } from '@/api/types'
import { aRep, aSet } from '@/components/studio/testing'
import { decodeClip } from '@/pose/clip'
import { useWorkoutStore } from '@/stores/workout'
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

describe('useStudio', () => {
  const { fakes, setUp, ready, writes, calls, frames } = studioRig(parts)

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
    fakes.loop.endWith('ended')
    await running
    expect(studio.status.value).toBe('waiting')
    expect(studio.fileEnded.value).toBe(true)
    const clips = writes().filter(({ path }) => path.includes('/clips/'))
    expect(clips).toHaveLength(2)
    // A file has its own clock: what comes before the first frame belongs to the set.
    expect(decodeClip(clips[0]!.body as Uint8Array).frames[0]?.tMs).toBe(300)
  })

  it('ends a running set with the workout, and tells whether all of it was sent', async () => {
    const studio = await ready()
    await studio.startSet()
    frames(0, 300)
    const ended = await studio.finishWorkout()
    expect(ended?.sent).toBe(true)
    expect(calls().slice(-2)).toEqual(['POST /api/sets/*/finish', 'POST /api/workouts/*/finish'])
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
      fakes.loop.isStale.value = true
      await vi.advanceTimersByTimeAsync(1_000)
    }

    it('loads it again before a set, and shows that it does', async () => {
      const studio = await setUp()
      await studio.openCamera()
      const seen: string[] = []
      fakes.loop.renew.mockImplementation(() => {
        seen.push(studio.status.value)
        fakes.loop.isStale.value = false
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
      expect(fakes.loop.renew).not.toHaveBeenCalled()
      await studio.finishSet()
      await vi.advanceTimersByTimeAsync(1_000)
      expect(fakes.loop.renew).toHaveBeenCalledOnce()
      expect(studio.status.value).toBe('waiting')
    })

    it('goes back to the choice of a source when it cannot be loaded', async () => {
      const studio = await setUp()
      await studio.openCamera()
      fakes.loop.renew.mockResolvedValue(false)
      await change()
      expect(studio.status.value).toBe('choosing')
    })
  })
})
