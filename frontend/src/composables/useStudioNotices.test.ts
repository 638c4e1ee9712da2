import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { StudioStatus } from '@/components/studio/types'
import { PoseError, type PoseErrorCode } from '@/pose/errors'
import type { OutboxState } from '@/pose/outbox'
import { useOutboxStore } from '@/stores/outbox'
import { useStudioNotices } from './useStudioNotices'

const failure = (code: PoseErrorCode): PoseError => new PoseError(code, code)

function setUp(outboxState: Partial<OutboxState> = {}) {
  setActivePinia(createPinia())
  const outbox = useOutboxStore()
  outbox.state = { status: 'idle', pending: 0, parked: [], retryAtMs: null, ...outboxState }
  const studio = {
    status: ref<StudioStatus>('ready'),
    source: ref<'camera' | 'video' | null>('camera'),
    camera: { error: shallowRef<PoseError | null>(null) },
    file: { error: shallowRef<PoseError | null>(null) },
    loop: {
      error: shallowRef<PoseError | null>(null),
      notice: shallowRef<{ code: string } | null>(null),
      hasChanged: ref(false),
      hasRestarted: ref(false),
      conditions: shallowRef<{ fps: number; luma: number } | null>(null),
    },
    recorder: { failure: ref<unknown>(null), setId: ref<string | null>('s') },
    openCamera: vi.fn(),
  }
  const exit = { kept: ref(false), signIn: vi.fn(), yourData: vi.fn(), home: vi.fn(), reload: vi.fn() }
  type Parameters_ = Parameters<typeof useStudioNotices>
  const told = effectScope().run(() => useStudioNotices(studio as unknown as Parameters_[0], exit))!
  const keys = (): string[] => told.notices.value.map(({ key }) => key)
  return { ...told, studio, exit, outbox, keys }
}

describe('useStudioNotices', () => {
  beforeEach(() => {
    localStorage.clear()
    const wakeLock = { request: () => Promise.resolve({ release: () => Promise.resolve() }) }
    Object.defineProperty(navigator, 'wakeLock', { value: wakeLock, configurable: true })
  })

  it('has nothing to say when all is well', () => expect(setUp().keys()).toEqual([]))

  it('says that another estimator has taken over, in the middle of a set too', () => {
    const { studio, keys } = setUp()
    studio.status.value = 'counting'
    studio.loop.hasChanged.value = true
    expect(keys()).toEqual(['estimator_changed'])
  })

  it('says that it is dark, where the camera is looking', async () => {
    const { studio, keys } = setUp()
    studio.loop.conditions.value = { fps: 30, luma: 0.03 }
    await nextTick()
    expect(keys()).toEqual(['dark'])
    studio.status.value = 'done'
    expect(keys()).toEqual([])
  })

  it('says that the worker had to be replaced', () => {
    const { studio, keys } = setUp()
    studio.loop.hasRestarted.value = true
    expect(keys()).toEqual(['worker_restarted'])
  })

  it('says in a set that the screen may go dark', async () => {
    const wakeLock = { request: () => Promise.reject(new Error('low on battery')) }
    Object.defineProperty(navigator, 'wakeLock', { value: wakeLock, configurable: true })
    const { studio, keys } = setUp()
    studio.status.value = 'counting'
    await flushPromises()
    expect(keys()).toEqual(['screen_may_dim'])
  })

  it('offers to try a camera again, and no reload', () => {
    const { studio, notices } = setUp()
    studio.camera.error.value = failure('camera_busy')
    studio.loop.error.value = failure('camera_busy')
    expect(notices.value).toHaveLength(1)
    notices.value[0]?.actions?.[0]?.run()
    expect(studio.openCamera).toHaveBeenCalledOnce()
  })

  it('forgets the camera once a video was chosen', () => {
    const { studio, keys } = setUp()
    studio.camera.error.value = failure('camera_none')
    studio.source.value = 'video'
    studio.file.error.value = failure('video_unreadable')
    expect(keys()).toEqual(['video_unreadable'])
  })

  it('offers to load the page again when the engine is gone', () => {
    const { studio, exit, notices } = setUp()
    studio.loop.error.value = failure('worker_crashed')
    notices.value[0]?.actions?.[0]?.run()
    expect(exit.reload).toHaveBeenCalledOnce()
  })

  it('names the slower engine, except over the picture of a running set', () => {
    const { studio, keys } = setUp()
    studio.loop.notice.value = { code: 'webgl_missing' }
    expect(keys()).toEqual(['webgl_missing'])
    studio.status.value = 'counting'
    expect(keys()).toEqual([])
  })

  it('says that a set is safe without a network and after being signed out', () => {
    const offline = setUp({ status: 'waiting', pending: 2 })
    expect(offline.keys()).toEqual(['offline'])
    expect(offline.connection.value).toBe('saving')
    const signedOut = setUp({ status: 'signed_out', pending: 2 })
    expect(signedOut.keys()).toEqual(['signed_out'])
    signedOut.notices.value[0]?.actions?.[0]?.run()
    expect(signedOut.exit.signIn).toHaveBeenCalledOnce()
  })

  it('shows what the server refused, with its reason and both ways on', () => {
    const parked = [
      { id: 7, label: 'Part 1', status: 400, code: 'invalid', message: 'frames[0] is wrong' },
      { id: 8, label: 'End', status: 400, code: 'invalid', message: 'too many' },
    ]
    const { notices, outbox, connection } = setUp({ parked })
    const retry = vi.spyOn(outbox, 'retry').mockReturnValue(Promise.resolve())
    const discard = vi.spyOn(outbox, 'discard').mockReturnValue(Promise.resolve())
    expect(notices.value[0]).toMatchObject({ key: 'parked', detail: 'frames[0] is wrong' })
    expect(connection.value).toBe('saving')
    notices.value[0]?.actions?.[0]?.run()
    expect(retry.mock.calls).toEqual([[7], [8]])
    notices.value[0]?.actions?.[1]?.run()
    expect(discard.mock.calls).toEqual([[7], [8]])
  })

  it('leads to where a consent is given again, and keeps what was not taken until then', () => {
    const message = 'You have withdrawn your consent.'
    const parked = [{ id: 7, label: 'Part 1', status: 403, code: 'consent_withdrawn', message }]
    const { notices, exit } = setUp({ parked })
    const [notice] = notices.value
    expect(notice).toMatchObject({ key: 'parked', detail: message })
    expect(notice.actions?.map(({ key }) => key)).toEqual(['your_data', 'try_again', 'give_up'])
    notice.actions?.[0]?.run()
    expect(exit.yourData).toHaveBeenCalledOnce()
  })

  it.each([
    ['counting', 1, 'live'],
    ['counting', 0, 'live'],
    ['waiting', 1, 'live'],
    ['waiting', 0, 'sent'],
    ['done', 0, 'sent'],
    ['choosing', 0, null],
    ['loading', 0, null],
  ] as const)('while %s with %i unsent says %s', (status, pending, said) => {
    const { studio, connection } = setUp({ pending })
    studio.status.value = status
    expect(connection.value).toBe(said)
  })
})
