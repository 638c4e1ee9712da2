/** A studio of a test: what its mocks hand out, set up anew before each test. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { ApiError } from '@/api/client'
import type { StampedFrame } from '@/pose/frame'
import type { Write } from '@/pose/writes'
import { useOutboxStore } from '@/stores/outbox'
import { useWorkoutStore } from '@/stores/workout'
import { fakeCamera, fakeFile, fakeLoop } from './studioFakes'
import { useStudio } from './useStudio'

/** What the mocked modules of a test file hand out. */
export interface StudioParts {
  camera: unknown
  file: unknown
  loop: unknown
  onPose: (frame: unknown) => void
  getSet: (id: string) => Promise<unknown>
  drained: () => Promise<boolean>
  sent: unknown[]
}

const frame = (tMs: number): StampedFrame => ({
  tMs,
  estimator: 'posenet_mobilenet_075',
  pose: new Float32Array(51).fill(0.5),
  widthPx: 640,
  heightPx: 480,
})

class SilentSocket {
  close(): void {}
}

/** Sets the parts up before each test of the suite that calls this, and clears up after it. */
export function studioRig(parts: StudioParts) {
  let scope: EffectScope
  const cameraId = ref<string | null>(null)
  const fakes = { camera: fakeCamera(), file: fakeFile(), loop: fakeLoop() }
  const writes = (): Write[] => parts.sent as Write[]

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', SilentSocket)
    localStorage.clear()
    setActivePinia(createPinia())
    parts.camera = fakes.camera = fakeCamera()
    parts.file = fakes.file = fakeFile()
    parts.loop = fakes.loop = fakeLoop()
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

  return {
    /** Camera, file and loop of the test that runs. */
    fakes,
    cameraId,
    setUp,
    ready,
    writes,
    calls: (): string[] =>
      writes().map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/g, '*')}`),
    frames: (fromMs: number, toMs: number): void => {
      for (let tMs = fromMs; tMs <= toMs; tMs += 100) parts.onPose(frame(tMs))
    },
  }
}
