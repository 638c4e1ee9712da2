/** The page's side of the pose worker: promises instead of messages. */
import { PoseError } from '@/pose/errors'
import type { Backend, Notice } from '@/pose/settings'
import type { EstimateRequest, Found, FromWorker, LoadRequest, Order, ToWorker } from './messages'

/** Beyond this even a change of backend inside the worker has failed. */
const ANSWER_LIMIT_MS = 120_000

export interface PoseClientEvents {
  onProgress: (phase: 'download' | 'compile', share: number) => void
  onBackend: (backend: Backend, notice: Notice | null, threads: number) => void
}

interface Waiting {
  resolve: (message: FromWorker) => void
  reject: (error: PoseError) => void
  timer: ReturnType<typeof setTimeout>
}

/** One picture in work and one that is there when it is done. */
const MOST_WAITING = 2

export class PoseClient {
  /** Answers come in the order of the requests. */
  private readonly waiting: Waiting[] = []
  /** Why nothing will be answered any more. */
  private death: PoseError | null = null

  constructor(
    private readonly events: PoseClientEvents,
    private readonly worker: Worker = new Worker(new URL('./pose.worker.ts', import.meta.url), {
      type: 'module',
      name: 'pose',
    }),
  ) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data)
    worker.onerror = ({ message }) =>
      this.fail(new PoseError('worker_crashed', crashed(message || 'it could not be loaded')))
    worker.onmessageerror = () => this.fail(new PoseError('worker_crashed', crashed('unreadable answer')))
  }

  /** Settles when the detector is warm. Rejects with a PoseError. */
  async load(options: Omit<LoadRequest, 'type'>): Promise<void> {
    await this.ask({ type: 'load', ...options }, [])
  }

  /** The pose in this picture, drawn if there is a canvas. Takes the image over. Rejects with a PoseError. */
  async estimate(picture: Omit<EstimateRequest, 'type'>): Promise<Found> {
    const answer = await this.ask({ type: 'estimate', ...picture }, [picture.image])
    if (answer.type !== 'pose') throw new PoseError('worker_crashed', crashed(`answered ${answer.type}`))
    return { pose: answer.pose, estimator: answer.estimator, others: answer.others }
  }

  order(order: Order, transfer: Transferable[] = []): void {
    this.worker.postMessage(order, transfer)
  }

  terminate(): void {
    this.worker.terminate()
    this.fail(new PoseError('worker_crashed', 'The pose worker was ended.'))
  }

  private ask(message: ToWorker, transfer: Transferable[]): Promise<FromWorker> {
    if (this.waiting.length >= MOST_WAITING) throw new Error('PoseClient: two requests at a time')
    if (this.death) return Promise.reject(this.death)
    return new Promise((resolve, reject) => {
      const late = () => this.fail(new PoseError('worker_crashed', crashed('no answer')))
      this.waiting.push({ resolve, reject, timer: setTimeout(late, ANSWER_LIMIT_MS) })
      this.worker.postMessage(message, transfer)
    })
  }

  private hear(message: FromWorker): void {
    if (message.type === 'progress') return this.events.onProgress(message.phase, message.share)
    if (message.type === 'backend')
      return this.events.onBackend(message.backend, message.notice, message.threads)
    const asked = this.settled()
    if (message.type === 'failed') asked?.reject(new PoseError(message.code, message.message))
    else asked?.resolve(message)
  }

  /** The worker has died, perhaps between two questions. */
  private fail(error: PoseError): void {
    this.death = error
    while (this.waiting.length) this.settled()?.reject(error)
  }

  private settled(): Waiting | undefined {
    const asked = this.waiting.shift()
    clearTimeout(asked?.timer)
    return asked
  }
}

function crashed(detail: string): string {
  return `The part of the page that finds your pose has stopped (${detail}). Reload the page to start it again.`
}
