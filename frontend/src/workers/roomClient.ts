/** The page's side of the room's worker: promises instead of messages, one request at a time. */
import type { PresenceFiles } from '@/pose/presenceFacts'
import type { RoomHead } from '@/pose/room'
import type { FromRoom, RoomKind, ToRoom } from './roomMessages'

export type OnEpoch = (epoch: number, epochs: number, loss: number) => void

export class RoomClient {
  private waiting: { resolve: (message: FromRoom) => void; reject: (error: Error) => void } | null = null
  private onEpoch: OnEpoch = () => undefined

  constructor(
    private readonly worker: Pick<Worker, 'postMessage' | 'terminate'> & {
      onmessage: Worker['onmessage']
      onerror: Worker['onerror']
    } = new Worker(new URL('./room.worker.ts', import.meta.url), { type: 'module', name: 'room' }),
  ) {
    worker.onmessage = ({ data }: MessageEvent<FromRoom>) => this.hear(data)
    worker.onerror = ({ message }) => this.hear({ type: 'failed', message: message || 'the worker ended' })
  }

  async load(files: PresenceFiles, wasmUrl: string): Promise<void> {
    await this.ask({ type: 'load', files, wasmUrl })
  }

  /** Takes the image over. */
  async look(kind: RoomKind, image: ImageBitmap): Promise<void> {
    await this.ask({ type: 'look', kind, image }, [image])
  }

  forget(kind: RoomKind): void {
    this.worker.postMessage({ type: 'forget', kind } satisfies ToRoom)
  }

  /** Rejects when there are too few looks. */
  async teach(onEpoch: OnEpoch): Promise<RoomHead> {
    this.onEpoch = onEpoch
    const answer = await this.ask({ type: 'teach' })
    if (answer.type !== 'taught') throw new Error(`the room's worker answered ${answer.type}`)
    return answer.head
  }

  terminate(): void {
    this.worker.terminate()
    this.waiting?.reject(new Error('The room’s worker was ended.'))
    this.waiting = null
  }

  private ask(message: ToRoom, transfer: Transferable[] = []): Promise<FromRoom> {
    if (this.waiting) throw new Error('RoomClient: one request at a time')
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.worker.postMessage(message, transfer)
    })
  }

  private hear(message: FromRoom): void {
    if (message.type === 'epoch') return this.onEpoch(message.epoch, message.epochs, message.loss)
    const { waiting } = this
    this.waiting = null
    if (message.type === 'failed') waiting?.reject(new Error(message.message))
    else waiting?.resolve(message)
  }
}
