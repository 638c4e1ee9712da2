/** Keeps a detector running, on another backend if the first one dies. Used inside the pose worker only. */
import * as tf from '@tensorflow/tfjs-core'
import { openBackend } from '@/pose/backend'
import { PoseNet, type Detector } from '@/pose/detector'
import { PoseError } from '@/pose/errors'
import { Eye, type Choice } from '@/pose/eye'
import { certainty } from '@/pose/follower'
import { emptyPose, type Pose } from '@/pose/frame'
import { modelFiles } from '@/pose/modelFiles'
import { MoveNet } from '@/pose/moveNet'
import { isRefinable, RefinedPoseNet } from '@/pose/refiner'
import { presenceFilesBeside } from '@/pose/presenceFacts'
import { loadPresence, PresenceWatch } from '@/pose/presenceWatch'
import { loadRoom } from '@/pose/roomStore'
import { noticeOf, type Backend, type BackendChoice, type Notice } from '@/pose/settings'
import { Weakness } from '@/pose/weakness'
import type { Found, FromWorker, LoadRequest } from './messages'

/** Compiling takes seconds on old chips; beyond this nothing comes any more. */
const WARM_UP_LIMIT_MS = 45_000
const FRAME_LIMIT_MS = 15_000

/** Any size will do for warming up: detectors see squares of their own size. */
const BLANK_PX = [96, 64] as const

/** MoveNet takes over if its mean score is at least this: of a close-up of arms it is .30 to .48, of lying bodies .5 to .7. */
const SURE_ENOUGH = 0.5

class BackendLost extends Error {}

type Kind = 'posenet' | 'movenet' | 'thunder'

interface Running {
  backend: Backend
  /** Those that were loaded; the one of `kind` is looking. */
  eyes: Partial<Record<Kind, Eye>>
  kind: Kind
  /** Rests the eyes while nobody is in view. */
  watch: PresenceWatch
  isLost: boolean
  /** Ends the wait for the picture in work. */
  abandon: (reason: Error) => void
}

export class PoseEngine {
  private running: Running | null = null
  private weakness = new Weakness()
  /** MoveNet was asked for and did not come. */
  private isAlone = false

  constructor(
    private readonly options: Omit<LoadRequest, 'type' | 'style'>,
    private readonly report: (message: FromWorker) => void,
  ) {}

  /** Loads the model and runs it once, so that the first real picture does not wait. Rejects with a PoseError. */
  async load(): Promise<void> {
    try {
      await this.open(this.options.backend, this.firstKind, null)
    } catch (error) {
      if (!this.mayFallBack(error)) throw error
      await this.open('wasm-threads', this.firstKind, noticeOf('webgl_failed'))
    }
  }

  /**
   * Other pictures come now: nobody is followed any more, and the first estimator has its chance again.
   *
   * Between sets of one camera it has not: the athlete, the floor and the light that it failed are the same, and of
   * every set the first seconds would be lost.
   */
  afresh(): void {
    this.weakness = new Weakness()
    this.isAlone = false
    if (!this.running) return
    this.running.kind = this.firstKind
    this.running.watch.afresh()
    this.eye?.afresh()
  }

  /** Somebody else is the athlete from the next picture on. */
  follow(choice: Choice): void {
    this.eye?.follow(choice)
  }

  /** Poses of the other people in the last picture. */
  get others(): readonly Pose[] {
    return this.eye?.others ?? []
  }

  private get eye(): Eye | undefined {
    return this.running?.eyes[this.running.kind]
  }

  /**
   * The pose in this picture, and who found it.
   *
   * A backend that fails is left for WASM, and the same picture is tried there. With 'auto', an estimator that is
   * weak on the athlete of a set gives way to MoveNet, if MoveNet does see somebody. While nobody is in view no
   * estimator looks, and the pose is empty.
   */
  async estimate(image: ImageBitmap, tMs: number, inSet: boolean): Promise<Found> {
    if (this.running && !(await this.running.watch.lets(image, tMs))) return this.nobody()
    const found = await this.lookAt(image, tMs)
    this.running?.watch.found(found.pose, tMs)
    if (!inSet || !this.mayChange() || !this.isWeak(found, image, tMs)) return found
    this.weakness = new Weakness()
    return (await this.tryMoveNet(image, tMs)) ?? found
  }

  private nobody(): Found {
    const { estimator } = this.eye?.detector ?? { estimator: 'posenet_mobilenet_075' as const }
    return { pose: emptyPose(), estimator, others: 0 }
  }

  private isWeak({ pose }: Found, { width, height }: ImageBitmap, tMs: number): boolean {
    return this.weakness.add(pose, tMs, width / height)
  }

  private async lookAt(image: ImageBitmap, tMs: number): Promise<Found> {
    try {
      return await this.tryEstimating(image, tMs, FRAME_LIMIT_MS)
    } catch (error) {
      if (!this.mayFallBack(error)) throw error
      const notice = noticeOf(error instanceof BackendLost ? 'webgl_lost' : 'webgl_failed')
      await this.open('wasm-threads', this.running?.kind ?? this.firstKind, notice)
      return this.tryEstimating(image, tMs, FRAME_LIMIT_MS)
    }
  }

  private get firstKind(): Kind {
    const { detector } = this.options
    return detector === 'auto' ? 'posenet' : detector
  }

  private mayChange(): boolean {
    return this.options.detector === 'auto' && this.running?.kind === 'posenet' && !this.isAlone
  }

  /** MoveNet's pose, which it goes on with; null where it sees no better or, without a network, never came. */
  private async tryMoveNet(image: ImageBitmap, tMs: number): Promise<Found | null> {
    const { running } = this
    if (!running) return null
    try {
      const eye = (running.eyes.movenet ??= await this.openEye('movenet', running.backend))
      eye.afresh()
      const found = await this.tryEstimating(image, tMs, WARM_UP_LIMIT_MS, eye)
      if (certainty(found.pose) < SURE_ENOUGH) return null
      running.kind = 'movenet'
      return found
    } catch {
      this.isAlone = true
      return null
    }
  }

  private async open(choice: BackendChoice, kind: Kind, notice: Notice | null): Promise<void> {
    this.close()
    const opened = await openBackend(choice, this.options.wasmUrl)
    const { backend, threads, lost } = opened
    this.report({ type: 'backend', backend, threads, notice: notice ?? opened.notice })
    const eye = await this.openEye(kind, backend)
    const eyes = { [kind]: eye }
    const watch = this.openWatch(backend)
    const running: Running = { backend, eyes, kind, watch, isLost: false, abandon: () => undefined }
    this.running = running
    void lost.then(() => {
      running.isLost = true
      running.abandon(new BackendLost())
    })
    await this.warmUp()
  }

  private openWatch(backend: Backend): PresenceWatch {
    const { posenet } = this.options.modelUrls
    const loadNet = () => loadPresence(presenceFilesBeside(posenet), backend === 'wasm')
    return new PresenceWatch({ loadNet, loadRoom })
  }

  private async openEye(kind: Kind, backend: Backend): Promise<Eye> {
    const progress = (share: number) => this.report({ type: 'progress', phase: 'download', share })
    const model = modelFiles(this.options.modelUrls[kind], progress)
    const detector = await this.loadDetector(kind, model)
    const { several } = this.options
    return new Eye({ detector, turns: kind === 'posenet', onProcessor: backend === 'wasm', several })
  }

  private loadDetector(kind: Kind, model: ReturnType<typeof modelFiles>): Promise<Detector> {
    if (kind !== 'posenet') return MoveNet.load(model, `movenet_${kind === 'thunder' ? kind : 'lightning'}`)
    const { inputSidePx, outputStride, refine, ...people } = this.options
    if (refine && isRefinable({ inputSidePx, outputStride })) {
      return RefinedPoseNet.load({ model, refiner: modelFiles(this.options.modelUrls.refiner), people })
    }
    return PoseNet.load({ model, inputSidePx, outputStride, people })
  }

  private async warmUp(): Promise<void> {
    for (const share of [0, 0.5]) {
      this.report({ type: 'progress', phase: 'compile', share })
      const blank = await createImageBitmap(new ImageData(...BLANK_PX))
      await this.tryEstimating(blank, 0, WARM_UP_LIMIT_MS)
      blank.close()
    }
    this.eye?.afresh()
    this.report({ type: 'progress', phase: 'compile', share: 1 })
  }

  /** TensorFlow.js waits for ever on a context that is lost, so loss and lateness end the wait here. */
  private tryEstimating(image: ImageBitmap, tMs: number, limitMs: number, eye = this.eye): Promise<Found> {
    const { running } = this
    if (!running || !eye) {
      return Promise.reject(new PoseError('detector_failed', 'The detector is not loaded.'))
    }
    if (running.isLost) return Promise.reject(new BackendLost())
    return new Promise<Found>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
      running.abandon = reject
      eye
        .find(image, tMs)
        .then((pose) => {
          resolve({ pose, estimator: eye.detector.estimator, others: eye.others.length })
        }, reject)
        .finally(() => clearTimeout(timer))
    })
  }

  private mayFallBack(error: unknown): boolean {
    if (error instanceof PoseError && error.code !== 'detector_failed') return false
    return this.running !== null && this.running.backend !== 'wasm'
  }

  /** Frees the detector; `load` may follow. */
  close(): void {
    if (!this.running) return
    const { eyes, backend, watch } = this.running
    this.running = null
    try {
      for (const eye of Object.values(eyes)) eye.dispose()
      watch.dispose()
      // WASM is registered anew when it opens; what the graphics chip holds is given back here.
      if (backend !== 'wasm') tf.removeBackend(backend)
    } catch {
      // A lost context frees nothing, and has nothing left to free.
    }
  }
}
