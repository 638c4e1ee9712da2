import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import { CameraSource } from '@/pose/cameraSource'
import { PoseError, type PoseErrorCode } from '@/pose/errors'
import type { FrameSource } from '@/pose/frameSource'

export interface CameraDevice {
  deviceId: string
  label: string
}

export interface UseCameraOptions {
  /** Shows the camera; needs `muted` and `playsinline`. */
  video: Ref<HTMLVideoElement | null>
}

const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 60 } }

const PROBLEMS: Readonly<Record<string, [PoseErrorCode, string]>> = {
  NotAllowedError: [
    'camera_refused',
    'The camera is blocked for this page. Allow it in the browser’s address bar, then try again.',
  ],
  SecurityError: [
    'camera_refused',
    'The camera is blocked for this page. Allow it in the browser’s address bar, then try again.',
  ],
  NotFoundError: ['camera_none', 'No camera was found. Connect one, or open a recorded video instead.'],
  OverconstrainedError: ['camera_none', 'This camera is not there any more. Pick another one.'],
  NotReadableError: ['camera_busy', 'Another program is using the camera. Close it there, then try again.'],
  AbortError: ['camera_busy', 'The camera did not start. Close other programs that use it, then try again.'],
}

/**
 * The athlete's camera: opens it, lists the others, and says in plain words why it cannot.
 *
 * `source` is what usePoseLoop runs on; it is null while no camera is open.
 */
export function useCamera({ video }: UseCameraOptions) {
  const devices = shallowRef<readonly CameraDevice[]>([])
  const deviceId = shallowRef<string | null>(null)
  const stream = shallowRef<MediaStream | null>(null)
  const source = shallowRef<FrameSource | null>(null)
  const error = shallowRef<PoseError | null>(null)
  let opening = 0

  /** Opens this camera, or the one that faces the athlete. True when it shows a picture; else `error` says why. */
  async function open(wanted?: string): Promise<boolean> {
    close()
    error.value = null
    const turn = ++opening
    try {
      const opened = await request(wanted)
      // Closed or opened again while the browser was asking.
      if (turn !== opening) return (stop(opened), false)
      stream.value = opened
      deviceId.value = opened.getVideoTracks()[0]?.getSettings().deviceId ?? null
      await list()
      const element = await show(opened)
      if (turn !== opening) return false
      source.value = new CameraSource(element, opened)
      return true
    } catch (cause) {
      if (turn !== opening) return false
      close()
      error.value = explain(cause)
      return false
    }
  }

  function close(): void {
    opening++
    if (stream.value) stop(stream.value)
    if (video.value) video.value.srcObject = null
    stream.value = null
    source.value = null
  }

  async function list(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
    devices.value = all
      .filter(({ kind }) => kind === 'videoinput')
      .map(({ deviceId: id, label }, i) => ({ deviceId: id, label: label || `Camera ${i + 1}` }))
  }

  async function show(opened: MediaStream): Promise<HTMLVideoElement> {
    const element = video.value
    if (!element) throw new Error('The page shows no video element for the camera.')
    element.srcObject = opened
    await element.play()
    return element
  }

  watch(video, (element) => {
    if (!element || !stream.value || element.srcObject === stream.value) return
    const opened = stream.value
    show(opened).then(
      () => (source.value = new CameraSource(element, opened)),
      (cause: unknown) => (error.value = explain(cause)),
    )
  })
  useEventListener(
    () => navigator.mediaDevices,
    'devicechange',
    () => void list(),
  )
  onScopeDispose(close)

  return {
    devices: shallowReadonly(devices),
    deviceId: readonly(deviceId),
    stream: shallowReadonly(stream),
    source: shallowReadonly(source),
    error: shallowReadonly(error),
    open,
    close,
  }
}

async function request(deviceId: string | undefined): Promise<MediaStream> {
  if (!globalThis.isSecureContext) {
    throw new PoseError(
      'camera_insecure',
      'The camera needs a secure address: https, or localhost. Ask whoever runs this site.',
    )
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new PoseError(
      'camera_unsupported',
      'This browser gives pages no camera. Open a recorded video instead.',
    )
  }
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...SIZE, ...which } })
}

function explain(cause: unknown): PoseError {
  if (cause instanceof PoseError) return cause
  const known = PROBLEMS[cause instanceof Error ? cause.name : '']
  if (known) return new PoseError(...known)
  return new PoseError('camera_failed', `The camera did not start (${PoseError.from(cause).message}).`)
}

function stop(opened: MediaStream): void {
  for (const track of opened.getTracks()) track.stop()
}
