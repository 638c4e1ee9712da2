/** Camera, file and pose loop of a test: they do what the test tells them. */
import { vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import type { PoseError } from '@/pose/errors'

export function fakeCamera() {
  const error = shallowRef<PoseError | null>(null)
  const source = shallowRef<object | null>(null)
  return {
    error,
    source,
    devices: shallowRef<readonly { deviceId: string; label: string }[]>([]),
    deviceId: ref('cam-1'),
    open: vi.fn<(id?: string) => Promise<boolean>>(() => {
      source.value = { kind: 'camera' }
      return Promise.resolve(true)
    }),
    close: vi.fn(),
  }
}

export function fakeFile() {
  return {
    error: shallowRef<PoseError | null>(null),
    source: shallowRef<object | null>({ kind: 'video' }),
    info: ref({ frameCount: 10 }),
    open: vi.fn<(file: File) => Promise<boolean>>(() => Promise.resolve(true)),
    close: vi.fn(),
  }
}

export function fakeLoop() {
  let end: () => void = () => undefined
  const status = ref('idle')
  const isStale = ref(false)
  return {
    status,
    error: shallowRef<PoseError | null>(null),
    isStale,
    conditions: shallowRef(null),
    hasRestarted: ref(false),
    load: vi.fn(() => Promise.resolve(true)),
    renew: vi.fn(() => {
      isStale.value = false
      return Promise.resolve(true)
    }),
    start: vi.fn<(source: object) => Promise<void>>(() => new Promise((resolve) => (end = resolve))),
    stop: vi.fn(() => end()),
    highlight: vi.fn(),
    mark: vi.fn(),
    endWith: (last: string) => {
      status.value = last
      end()
    },
  }
}
