/** Keeps a detector running, on another backend if the first one dies. Used inside the pose worker only. */
import * as tf from '@tensorflow/tfjs-core'
import { openBackend } from '@/pose/backend'
import { Detector } from '@/pose/detector'
import { PoseError } from '@/pose/errors'
import type { Pose } from '@/pose/frame'
import { modelFiles } from '@/pose/modelFiles'
import { noticeOf, type Backend, type BackendChoice, type Notice } from '@/pose/settings'
import type { FromWorker, LoadRequest } from './messages'

/** Compiling takes seconds on old chips; beyond this nothing comes any more. */
const WARM_UP_LIMIT_MS = 45_000
const FRAME_LIMIT_MS = 15_000

/** Width and height of most cameras' pictures once taken down: shaders are compiled for them. */
const USUAL_PICTURE_PX = [514, 386] as const

class BackendLost extends Error {}

interface Running {
  backend: Backend
  detector: Detector
  isLost: boolean
  /** Ends the wait for the picture in work. */
  abandon: (reason: Error) => void
}

export class PoseEngine {
  private running: Running | null = null

  constructor(
    private readonly options: Omit<LoadRequest, 'type' | 'style'>,
    private readonly report: (message: FromWorker) => void,
  ) {}

  /** Loads the model and runs it once, so that the first real picture does not wait. Rejects with a PoseError. */
  async load(): Promise<void> {
    try {
      await this.open(this.options.backend, null)
    } catch (error) {
      if (!this.mayFallBack(error)) throw error
      await this.open('wasm', noticeOf('webgl_failed'))
    }
  }

  /** The pose in this picture. A backend that fails is left for WASM, and the same picture is tried there. */
  async estimate(image: ImageBitmap): Promise<Pose> {
    try {
      return await this.tryEstimating(image, FRAME_LIMIT_MS)
    } catch (error) {
      if (!this.mayFallBack(error)) throw error
      await this.open('wasm', noticeOf(error instanceof BackendLost ? 'webgl_lost' : 'webgl_failed'))
      return this.tryEstimating(image, FRAME_LIMIT_MS)
    }
  }

  private async open(choice: BackendChoice, notice: Notice | null): Promise<void> {
    this.close()
    const opened = await openBackend(choice, this.options.wasmUrl)
    this.report({ type: 'backend', backend: opened.backend, notice: notice ?? opened.notice })
    const progress = (share: number) => this.report({ type: 'progress', phase: 'download', share })
    const detector = await Detector.load({
      model: modelFiles(this.options.modelUrl, progress),
      inputSidePx: this.options.inputSidePx,
    })
    const { backend, lost } = opened
    const running: Running = {
      backend,
      detector,
      isLost: false,
      abandon: () => undefined,
    }
    this.running = running
    void lost.then(() => {
      running.isLost = true
      running.abandon(new BackendLost())
    })
    await this.warmUp()
  }

  private async warmUp(): Promise<void> {
    for (const share of [0, 0.5]) {
      this.report({ type: 'progress', phase: 'compile', share })
      const blank = await createImageBitmap(new ImageData(...USUAL_PICTURE_PX))
      await this.tryEstimating(blank, WARM_UP_LIMIT_MS)
      blank.close()
    }
    this.report({ type: 'progress', phase: 'compile', share: 1 })
  }

  /** TensorFlow.js waits for ever on a context that is lost, so loss and lateness end the wait here. */
  private tryEstimating(image: ImageBitmap, limitMs: number): Promise<Pose> {
    const { running } = this
    if (!running) return Promise.reject(new PoseError('detector_failed', 'The detector is not loaded.'))
    if (running.isLost) return Promise.reject(new BackendLost())
    return new Promise<Pose>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
      running.abandon = reject
      running.detector
        .estimate(image)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer))
    })
  }

  private mayFallBack(error: unknown): boolean {
    if (error instanceof PoseError && error.code !== 'detector_failed') return false
    return this.running?.backend === 'webgl'
  }

  /** Frees the detector; `load` may follow. */
  close(): void {
    if (!this.running) return
    const { detector, backend } = this.running
    this.running = null
    try {
      detector.dispose()
      if (backend === 'webgl') tf.removeBackend('webgl')
    } catch {
      // A lost context frees nothing, and has nothing left to free.
    }
  }
}
