/**
 * Keeps every write of a workout until the server has it: in order, through reloads and lost networks.
 *
 * Knows nothing of poses or pages. Of all open tabs of one user one sends; the others only add.
 */
import { askedBackoffMs, backoffMs, Bell, retryAfterMs, sleep } from './backoff'
import { OutboxStore, type QueuedWrite } from './outboxStore'
import { describe, refusalOf, type ParkedWrite } from './refusal'
import { sendWrite } from './send'
import type { Write } from './writes'

/** A write of its own kept failing this often is put aside, so that the rest can go on. */
const MOST_ATTEMPTS = 5

/**
 * status: idle (nothing to do), sending, waiting (no network, or asked to slow down), signed_out.
 * retryAtMs: when the next attempt is due, by `Date.now()`; null unless waiting.
 */
export interface OutboxState {
  status: 'idle' | 'sending' | 'waiting' | 'signed_out'
  pending: number
  parked: readonly ParkedWrite[]
  retryAtMs: number | null
}

/** `answer` is the parsed body of the server's answer, null where it had none. */
export type SentListener = (write: Write, answer: unknown) => void

export interface OutboxOptions {
  /** Who signed in. Writes of others stay on the device until they come back. */
  user: string
  /** Called in the tab that sends. */
  onSent?: SentListener
  send?: typeof sendWrite
  sleep?: typeof sleep
  locks?: Pick<LockManager, 'request'> | null
  databaseName?: string
}

type Activity = Pick<OutboxState, 'status' | 'retryAtMs'>
type Note = { type: 'added' | 'resume' } | ({ type: 'activity' } & Activity)
/** `asked`: the server named the wait, so a network that comes back does not shorten it. */
type Verdict = 'gone' | 'parked' | 'signed_out' | { waitMs: number; asked: boolean }

const IDLE: OutboxState = { status: 'idle', pending: 0, parked: [], retryAtMs: null }

export class Outbox {
  private readonly options: Required<OutboxOptions>
  private readonly listeners = new Set<(state: OutboxState) => void>()
  private readonly work = new Bell()
  private readonly stopped = new AbortController()
  private readonly channel = new BroadcastChannel('posecoach-outbox')
  private opening: Promise<OutboxStore> | null = null
  private current = IDLE
  private failures = 0
  private signedOut = false

  constructor(options: OutboxOptions) {
    this.options = {
      onSent: () => undefined,
      send: sendWrite,
      sleep,
      // Absent where the page is not served securely: then every tab sends, and the server sees some writes twice.
      locks: globalThis.navigator?.locks ?? null,
      databaseName: 'posecoach-outbox',
      ...options,
    }
    this.channel.onmessage = ({ data }: MessageEvent<Note & { user: string }>) => {
      if (data.user === this.options.user) void this.hear(data)
    }
  }

  get state(): OutboxState {
    return this.current
  }

  /** Sends what earlier visits left, and from then on whatever is added. Rejects when nothing can be kept here. */
  async start(): Promise<void> {
    await this.refresh()
    const { locks, user } = this.options
    const { signal } = this.stopped
    const sending = locks
      ? locks.request(`posecoach-outbox ${user}`, { signal }, () => this.sendAll(signal))
      : this.sendAll(signal)
    sending.catch((error: unknown) => {
      if (!signal.aborted) console.error('outbox', error)
    })
  }

  /** Ends for good; what is unsent stays on the device. */
  stop(): void {
    this.stopped.abort()
    this.channel.close()
    this.listeners.clear()
    this.opening?.then((store) => store.close()).catch(() => undefined)
  }

  /** Settles with the write's number once it is safe on the device; rejects when it could not be kept. */
  async enqueue(write: Write): Promise<number> {
    const store = await this.store()
    const id = await store.add(this.options.user, write)
    this.tell({ type: 'added' })
    return id
  }

  /** After signing in again. */
  resume(): void {
    this.tell({ type: 'resume' })
  }

  /** Sends a refused write once more, in its old place. */
  async retry(id: number): Promise<void> {
    const store = await this.store()
    const write = await store.get(this.options.user, id)
    if (write) await store.save({ ...write, place: 'waiting', attempts: 0, refusal: null })
    this.tell({ type: 'added' })
  }

  /** Gives a refused write up. */
  async discard(id: number): Promise<void> {
    const store = await this.store()
    if (await store.get(this.options.user, id)) await store.remove(id)
    this.tell({ type: 'added' })
  }

  /** Settles when nothing is left to send: true when all was sent, false when something is refused or needs a sign-in. */
  async drained(): Promise<boolean> {
    await this.refresh()
    return new Promise((resolve) => {
      const stop = this.subscribe(({ pending, parked, status }) => {
        if (pending > 0 && parked.length === 0 && status !== 'signed_out') return
        queueMicrotask(() => stop())
        resolve(pending === 0 && parked.length === 0)
      })
    })
  }

  /** Called at once and after every change. */
  subscribe(listener: (state: OutboxState) => void): () => void {
    this.listeners.add(listener)
    listener(this.current)
    return () => void this.listeners.delete(listener)
  }

  private async sendAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.sendNext(await this.store(), signal)
      } catch (error) {
        // The device's storage failed, as it may when it is full or cleared: open it anew.
        if (signal.aborted) return
        console.error('outbox', error)
        this.opening = null
        await this.options.sleep(backoffMs(++this.failures), signal)
      }
    }
  }

  private async sendNext(store: OutboxStore, signal: AbortSignal): Promise<void> {
    const write = this.signedOut ? null : await store.next(this.options.user)
    if (!write) {
      await this.become({ status: this.signedOut ? 'signed_out' : 'idle', retryAtMs: null })
      await this.work.wait(signal)
      return
    }
    await this.become({ status: 'sending', retryAtMs: null })
    const verdict = await this.trySending(store, write, signal)
    if (signal.aborted) return
    if (verdict === 'signed_out') this.signedOut = true
    else if (typeof verdict === 'object') await this.pause(verdict, signal)
  }

  private async trySending(store: OutboxStore, write: QueuedWrite, signal: AbortSignal): Promise<Verdict> {
    let response: Response
    try {
      response = await this.options.send(write, signal)
    } catch {
      return this.fail()
    }
    const { status } = response
    if (response.ok) {
      this.failures = 0
      const answer: unknown = await response.json().catch(() => null)
      await store.remove(write.id)
      this.options.onSent(write, answer)
      return 'gone'
    }
    if (status === 401) return 'signed_out'
    const asked = retryAfterMs(response.headers.get('Retry-After'), Date.now())
    if (status === 429 || status === 408 || (status > 501 && status < 505)) return this.fail(asked)
    const attempts = write.attempts + 1
    if ((status === 404 || status >= 500) && attempts < MOST_ATTEMPTS) {
      await store.save({ ...write, attempts })
      return this.waitFor(asked, attempts)
    }
    await store.save({ ...write, attempts, place: 'parked', refusal: await refusalOf(response) })
    return 'parked'
  }

  /** The network or the server is away, not this write's fault. */
  private fail(askedMs: number | null = null): Verdict {
    this.failures++
    return this.waitFor(askedMs, this.failures)
  }

  private waitFor(askedMs: number | null, failures: number): Verdict {
    const waitMs = askedMs === null ? backoffMs(failures) : askedBackoffMs(askedMs, failures)
    return { waitMs, asked: askedMs !== null }
  }

  /** Waits; a network that comes back ends the wait, unless the server itself asked for it. */
  private async pause(
    { waitMs, asked }: { waitMs: number; asked: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    await this.become({ status: 'waiting', retryAtMs: Date.now() + waitMs })
    const online = new AbortController()
    const wake = () => online.abort()
    if (!asked) globalThis.addEventListener?.('online', wake)
    await this.options.sleep(waitMs, AbortSignal.any([signal, online.signal]))
    globalThis.removeEventListener?.('online', wake)
  }

  private async become(activity: Activity): Promise<void> {
    this.post({ type: 'activity', ...activity })
    await this.refresh(activity)
  }

  /** Tells all tabs, this one as well. */
  private tell(note: Note): void {
    this.post(note)
    void this.hear(note)
  }

  private post(note: Note): void {
    if (!this.stopped.signal.aborted) this.channel.postMessage({ ...note, user: this.options.user })
  }

  private async hear(note: Note): Promise<void> {
    if (this.stopped.signal.aborted) return
    if (note.type === 'resume') this.signedOut = false
    if (note.type !== 'activity') this.work.ring()
    await this.refresh(note.type === 'activity' ? { status: note.status, retryAtMs: note.retryAtMs } : {})
  }

  private async refresh(activity: Partial<Activity> = {}): Promise<void> {
    const store = await this.store()
    const [pending, parked] = await Promise.all([
      store.waiting(this.options.user),
      store.parked(this.options.user),
    ])
    if (this.stopped.signal.aborted) return
    this.current = { ...this.current, ...activity, pending, parked: parked.map(describe) }
    for (const listener of this.listeners) listener(this.current)
  }

  private store(): Promise<OutboxStore> {
    this.opening ??= OutboxStore.open(this.options.databaseName).catch((error: unknown) => {
      this.opening = null
      throw error
    })
    return this.opening
  }
}
