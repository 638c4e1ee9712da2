// @vitest-environment node
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Outbox, type OutboxOptions, type OutboxState } from './outbox'
import { OutboxStore } from './outboxStore'
import { finishSet, putClip, putSet, putWorkout, type Write } from './writes'

const answer = (status: number, body: unknown = {}, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers })
const workout = putWorkout('w', { started_at: '2030-01-01T10:00:00Z', time_zone: 'Europe/Berlin' })
const startSet = (set: string) =>
  putSet(set, { workout: 'w', exercise: null, source: 'camera', started_at: '2030-01-01T10:00:00Z' })
const clip = (set: string, index: number) =>
  putClip(set, { index, startMs: 0, frames: 1, bytes: Uint8Array.of(index) })
const endSet = (set: string) => finishSet(set, { clip_count: 1, ended_at: '2030-01-01T10:01:00Z' })
const path = ({ path: p }: Write) => p.replace('/api/', '')

/** A server that answers from a script, 200 when it has run out, and remembers what reached it. */
class Server {
  readonly seen: string[] = []
  script: (Response | Error | undefined)[] = []
  answers: Record<string, () => Response> = {}

  send = async (write: Write): Promise<Response> => {
    this.seen.push(path(write))
    const next = this.script.shift() ?? this.answers[path(write)]?.() ?? answer(200)
    if (next instanceof Error) throw next
    return next
  }
}

/** Locks of one device, for several tabs. */
class Locks {
  private readonly last = new Map<string, Promise<unknown>>()

  request = ((name: string, options: LockOptions, callback: () => Promise<unknown>) => {
    const turn = (this.last.get(name) ?? Promise.resolve()).then(() =>
      options.signal?.aborted ? undefined : callback(),
    )
    this.last.set(
      name,
      turn.catch(() => undefined),
    )
    return turn
  }) as unknown as LockManager['request']
}

describe('Outbox', () => {
  let server: Server
  let waits: number[]
  const open: Outbox[] = []

  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
    server = new Server()
    waits = []
  })
  afterEach(() => open.splice(0).forEach((outbox) => outbox.stop()))

  const build = (options: Partial<OutboxOptions> = {}): Outbox => {
    const outbox = new Outbox({
      user: 'ana',
      send: server.send,
      sleep: async (ms) => void waits.push(ms),
      locks: null,
      ...options,
    })
    open.push(outbox)
    return outbox
  }
  const fill = async (outbox: Outbox, writes: Write[]) => {
    for (const write of writes) await outbox.enqueue(write)
  }
  const until = (outbox: Outbox, wanted: Partial<OutboxState>) =>
    vi.waitFor(() => expect(outbox.state).toMatchObject(wanted))

  it('sends in the order of writing and forgets what has arrived', async () => {
    const outbox = build()
    await outbox.start()
    await fill(outbox, [workout, startSet('s'), clip('s', 0), clip('s', 1), endSet('s')])
    expect(await outbox.drained()).toBe(true)
    expect(server.seen).toEqual(['workouts/w', 'sets/s', 'sets/s/clips/0', 'sets/s/clips/1', 'sets/s/finish'])
    await until(outbox, { status: 'idle', pending: 0 })
  })

  it('keeps bytes as they are and hands over the answers', async () => {
    const onSent = vi.fn()
    server.script = [answer(202, { index: 7 })]
    const outbox = build({ onSent })
    await outbox.start()
    await outbox.enqueue(clip('s', 7))
    await outbox.drained()
    const [write, said] = onSent.mock.calls[0] as [Write, unknown]
    expect(write.body).toEqual(Uint8Array.of(7))
    expect(said).toEqual({ index: 7 })
  })

  it('sends what an earlier visit left', async () => {
    const before = build()
    await fill(before, [workout, startSet('s')])
    before.stop()
    const after = build()
    await after.start()
    expect(await after.drained()).toBe(true)
    expect(server.seen).toEqual(['workouts/w', 'sets/s'])
  })

  it('never sends what another user of the device wrote', async () => {
    await fill(build({ user: 'ben' }), [startSet('of-ben')])
    const outbox = build()
    await fill(outbox, [startSet('of-ana')])
    await outbox.start()
    await outbox.drained()
    expect(server.seen).toEqual(['sets/of-ana'])
  })

  it('waits longer after every failure of the network, then goes on with the same write', async () => {
    server.script = [new TypeError('network'), answer(503), answer(502), answer(200)]
    const outbox = build()
    await fill(outbox, [clip('s', 0), clip('s', 1)])
    await outbox.start()
    await outbox.drained()
    expect(server.seen).toEqual([...Array<string>(4).fill('sets/s/clips/0'), 'sets/s/clips/1'])
    const longest = [1_000, 2_000, 4_000]
    waits.forEach((ms, i) => {
      expect(ms).toBeGreaterThanOrEqual(longest[i] / 2)
      expect(ms).toBeLessThanOrEqual(longest[i])
    })
    expect(waits).toHaveLength(3)
  })

  it('waits as long as the server asks for', async () => {
    server.script = [answer(429, {}, { 'Retry-After': '17' })]
    const outbox = build()
    await fill(outbox, [clip('s', 0)])
    await outbox.start()
    await outbox.drained()
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThanOrEqual(17_000)
    expect(waits[0]).toBeLessThanOrEqual(18_000)
  })

  it('comes back later and later to a server that stays busy, and never all at one moment', async () => {
    server.script = Array.from({ length: 6 }, () => answer(429, {}, { 'Retry-After': '2' }))
    const outbox = build()
    await fill(outbox, [clip('s', 0)])
    await outbox.start()
    expect(await outbox.drained()).toBe(true)
    expect(server.seen).toHaveLength(7)
    const least = [2_000, 2_000, 2_000, 4_000, 8_000, 16_000]
    waits.forEach((ms, i) => expect(ms).toBeGreaterThanOrEqual(least[i]))
    expect(new Set(waits.slice(0, 3)).size).toBeGreaterThan(1)
  })

  it.each([400, 403, 409, 413, 415])(
    'puts a write aside that is refused with %i, and says why',
    async (status) => {
      server.script = [answer(status, { error: { code: 'invalid', message: 'crc32: does not match' } })]
      const outbox = build()
      await fill(outbox, [clip('s', 0), clip('s', 1)])
      await outbox.start()
      expect(await outbox.drained()).toBe(false)
      await until(outbox, { status: 'idle', pending: 0 })
      expect(server.seen).toEqual(['sets/s/clips/0', 'sets/s/clips/1'])
      expect(outbox.state.parked).toEqual([
        { id: 1, label: 'Part 1 of the set', status, code: 'invalid', message: 'crc32: does not match' },
      ])
    },
  )

  it.each([404, 500])(
    'tries five times before it puts aside a write that is answered with %i',
    async (status) => {
      server.answers['sets/s/clips/0'] = () => answer(status)
      const outbox = build()
      await fill(outbox, [clip('s', 0), clip('s', 1)])
      await outbox.start()
      await until(outbox, { status: 'idle', pending: 0 })
      expect(server.seen).toHaveLength(6)
      expect(outbox.state.parked[0]).toMatchObject({ status, code: `http_${status}` })
    },
  )

  it('holds back what a refused write would have opened, and nothing else', async () => {
    server.answers['sets/bad'] = () => answer(400)
    const outbox = build()
    await fill(outbox, [startSet('bad'), clip('bad', 0), endSet('bad'), startSet('good'), clip('good', 0)])
    await outbox.start()
    await until(outbox, { status: 'idle', pending: 2 })
    expect(server.seen).toEqual(['sets/bad', 'sets/good', 'sets/good/clips/0'])
  })

  it('holds back the sets of a refused workout, and sends all in order on a retry', async () => {
    server.script = [answer(400)]
    const outbox = build()
    await fill(outbox, [workout, startSet('s'), clip('s', 0)])
    await outbox.start()
    await until(outbox, { status: 'idle', pending: 2 })
    await outbox.retry(outbox.state.parked[0].id)
    await until(outbox, { status: 'idle', pending: 0, parked: [] })
    expect(server.seen).toEqual(['workouts/w', 'workouts/w', 'sets/s', 'sets/s/clips/0'])
  })

  it('gives a refused write up when told to', async () => {
    server.script = [answer(400)]
    const outbox = build()
    await fill(outbox, [clip('s', 0)])
    await outbox.start()
    await until(outbox, { status: 'idle', pending: 0 })
    await outbox.discard(outbox.state.parked[0].id)
    await until(outbox, { parked: [] })
    expect(await outbox.drained()).toBe(true)
  })

  it('pauses when signed out and goes on after signing in', async () => {
    server.script = [answer(401)]
    const outbox = build()
    await fill(outbox, [clip('s', 0)])
    await outbox.start()
    expect(await outbox.drained()).toBe(false)
    expect(outbox.state).toMatchObject({ status: 'signed_out', pending: 1, parked: [] })
    await outbox.enqueue(clip('s', 1))
    expect(server.seen).toHaveLength(1)
    outbox.resume()
    await until(outbox, { status: 'idle', pending: 0 })
    expect(server.seen).toEqual(['sets/s/clips/0', 'sets/s/clips/0', 'sets/s/clips/1'])
  })

  it('lets one of two tabs send, and the other when the first is closed', async () => {
    const locks = new Locks()
    const senders: string[] = []
    const tab = (name: string) =>
      build({
        locks,
        send: async (write) => {
          senders.push(name)
          return server.send(write)
        },
      })
    const first = tab('first')
    const second = tab('second')
    await first.start()
    await second.start()
    await fill(second, [clip('s', 0), clip('s', 1)])
    expect(await second.drained()).toBe(true)
    expect(senders).toEqual(['first', 'first'])
    first.stop()
    await second.enqueue(clip('s', 2))
    expect(await second.drained()).toBe(true)
    expect(senders).toEqual(['first', 'first', 'second'])
  })

  it('is woken by the network, but not out of a wait that the server asked for', async () => {
    const listeners = vi.fn()
    vi.stubGlobal('addEventListener', listeners)
    server.script = [new TypeError('network'), answer(429, {}, { 'Retry-After': '1' })]
    const outbox = build()
    await fill(outbox, [clip('s', 0)])
    await outbox.start()
    await outbox.drained()
    expect(listeners.mock.calls.map(([type]) => type as string)).toEqual(['online'])
    vi.unstubAllGlobals()
  })

  it('goes on after the storage failed while sending', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(OutboxStore.prototype, 'remove').mockRejectedValueOnce(new Error('quota'))
    const outbox = build()
    await outbox.enqueue(workout)
    await outbox.start()
    expect(await outbox.drained()).toBe(true)
    expect(server.seen).toEqual(['workouts/w', 'workouts/w'])
    vi.restoreAllMocks()
  })

  it('says so when the browser keeps no data', async () => {
    globalThis.indexedDB = {
      open: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    } as unknown as IDBFactory
    await expect(build().enqueue(workout)).rejects.toThrow('denied')
  })
})
