/** The browser's caches for tests, as far as they are used: in memory, by address. */
const addressOf = (request: RequestInfo | URL): string => {
  const { href, origin } = new URL(request instanceof Request ? request.url : request, location.href)
  return href.slice(origin.length)
}

class FakeCache {
  readonly kept = new Map<string, Response>()

  constructor(private readonly owner: FakeCaches) {}

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    return this.kept.get(addressOf(request))?.clone()
  }

  async put(request: RequestInfo | URL, answer: Response): Promise<void> {
    if (this.owner.isFull) throw new DOMException('no room', 'QuotaExceededError')
    this.kept.delete(addressOf(request))
    this.kept.set(addressOf(request), answer)
  }

  async delete(request: RequestInfo | URL): Promise<boolean> {
    return this.kept.delete(addressOf(request))
  }

  async keys(): Promise<Request[]> {
    return [...this.kept.keys()].map((address) => new Request(new URL(address, location.href)))
  }
}

export class FakeCaches {
  private readonly opened = new Map<string, FakeCache>()
  isFull = false

  async open(name: string): Promise<Cache> {
    const cache = this.opened.get(name) ?? new FakeCache(this)
    this.opened.set(name, cache)
    return cache as unknown as Cache
  }

  async has(name: string): Promise<boolean> {
    return this.opened.has(name)
  }

  async keys(): Promise<string[]> {
    return [...this.opened.keys()]
  }

  async match(): Promise<undefined> {
    return undefined
  }

  async delete(name: string): Promise<boolean> {
    return this.opened.delete(name)
  }

  /** What is kept under this name, in alphabetical order. */
  addresses(name: string): string[] {
    return [...(this.opened.get(name)?.kept.keys() ?? [])].sort()
  }
}
