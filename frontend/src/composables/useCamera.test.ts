import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef, type EffectScope } from 'vue'
import { useCamera } from './useCamera'

function stream(deviceId = 'front') {
  const track = { stop: vi.fn(), getSettings: () => ({ deviceId }) }
  return { track, getVideoTracks: () => [track], getTracks: () => [track] }
}

describe('useCamera', () => {
  let scope: EffectScope
  const getUserMedia = vi.fn()
  const devices = {
    getUserMedia,
    enumerateDevices: vi.fn(),
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }
  const element = { srcObject: null as unknown, play: vi.fn() }

  beforeEach(() => {
    vi.resetAllMocks()
    scope = effectScope()
    vi.stubGlobal('isSecureContext', true)
    Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true })
    devices.enumerateDevices.mockResolvedValue([
      { kind: 'audioinput', deviceId: 'mic', label: 'Mic' },
      { kind: 'videoinput', deviceId: 'front', label: 'Front' },
      { kind: 'videoinput', deviceId: 'back', label: '' },
    ])
    element.srcObject = null
    element.play.mockResolvedValue(undefined)
  })
  afterEach(() => {
    scope.stop()
    vi.unstubAllGlobals()
  })
  const build = () =>
    scope.run(() => useCamera({ video: shallowRef(element as unknown as HTMLVideoElement) }))!

  it('opens a camera, shows it, and lists all', async () => {
    const opened = stream()
    getUserMedia.mockResolvedValue(opened)
    const camera = build()
    expect(await camera.open()).toBe(true)
    expect(element.srcObject).toBe(opened)
    expect(camera.source.value?.kind).toBe('camera')
    expect(camera.deviceId.value).toBe('front')
    expect(camera.devices.value).toEqual([
      { deviceId: 'front', label: 'Front' },
      { deviceId: 'back', label: 'Camera 2' },
    ])
  })

  it('switches: the old camera is off before the new one is asked for', async () => {
    const first = stream()
    getUserMedia.mockResolvedValueOnce(first)
    const camera = build()
    await camera.open()
    getUserMedia.mockImplementationOnce(async () => {
      expect(first.track.stop).toHaveBeenCalled()
      return stream('back')
    })
    await camera.open('back')
    expect(getUserMedia.mock.lastCall).toMatchObject([{ video: { deviceId: { exact: 'back' } } }])
    expect(camera.deviceId.value).toBe('back')
  })

  it.each([
    ['NotAllowedError', 'camera_refused'],
    ['NotFoundError', 'camera_none'],
    ['NotReadableError', 'camera_busy'],
    ['OverconstrainedError', 'camera_none'],
    ['StrangeError', 'camera_failed'],
  ])('says in plain words what %s means', async (name, code) => {
    getUserMedia.mockRejectedValue(new DOMException('technical', name))
    const camera = build()
    expect(await camera.open()).toBe(false)
    expect(camera.error.value?.code).toBe(code)
    expect(camera.source.value).toBeNull()
  })

  it('asks for a secure address', async () => {
    vi.stubGlobal('isSecureContext', false)
    const camera = build()
    await camera.open()
    expect(camera.error.value?.code).toBe('camera_insecure')
  })

  it('turns a camera off again that comes after closing', async () => {
    const late = stream()
    const camera = build()
    getUserMedia.mockImplementation(async () => {
      camera.close()
      return late
    })
    expect(await camera.open()).toBe(false)
    expect(late.track.stop).toHaveBeenCalled()
    expect(camera.error.value).toBeNull()
  })

  it('turns the camera off with its component', async () => {
    const opened = stream()
    getUserMedia.mockResolvedValue(opened)
    await build().open()
    scope.stop()
    expect(opened.track.stop).toHaveBeenCalled()
    expect(element.srcObject).toBeNull()
  })
})
