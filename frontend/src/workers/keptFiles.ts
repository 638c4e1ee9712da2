/** Files of one build, kept on the device. Knows nothing of pages or of what the files are for. */

/** `revision` is null where the address itself changes with the content. */
export interface BuildFile {
  url: string
  revision: string | null
}

/**
 * Answers from the device where it can, from the network where it must.
 *
 * Every file is kept under its address and revision: an update fetches only what changed, and the version
 * before it goes on with its own files until `tidy` is called for the new one.
 */
export class KeptFiles {
  /** Address in the page → address in the cache. */
  private readonly keys: ReadonlyMap<string, string>

  constructor(
    private readonly cacheName: string,
    files: readonly BuildFile[],
    private readonly caches: CacheStorage = globalThis.caches,
  ) {
    this.keys = new Map(files.map((file) => [pathOf(file), keyOf(file)]))
  }

  has(path: string): boolean {
    return this.keys.has(path)
  }

  /** The file, kept from now on. Rejects when neither the device nor the network has it. */
  async answer(path: string): Promise<Response> {
    const cache = await this.caches.open(this.cacheName)
    const key = this.keys.get(path) ?? path
    return (await cache.match(key)) ?? this.fetch(cache, path, key)
  }

  /** Fetches what is wanted and not here yet. Rejects with the first file that cannot be had. */
  async fill(isWanted: (path: string) => boolean = () => true): Promise<void> {
    const cache = await this.caches.open(this.cacheName)
    for (const [path, key] of this.keys) {
      if (!isWanted(path) || (await cache.match(key))) continue
      const answer = await this.fetch(cache, path, key)
      if (!answer.ok) throw new Error(`${path}: the server answered ${answer.status}`)
    }
  }

  /** Lets go of what belongs to another version. */
  async tidy(): Promise<void> {
    const cache = await this.caches.open(this.cacheName)
    const ours = new Set(this.keys.values())
    const kept = await cache.keys()
    const old = kept.filter(({ url }) => !ours.has(url.slice(new URL(url).origin.length)))
    await Promise.all(old.map((request) => cache.delete(request)))
  }

  private async fetch(cache: Cache, path: string, key: string): Promise<Response> {
    // A name that changes with its content may come from the browser's own cache; others are asked for anew.
    const answer = await fetch(path, { cache: key === path ? 'default' : 'no-cache' })
    // A full device keeps less, and works on with the network.
    if (answer.ok) await cache.put(key, answer.clone()).catch(() => undefined)
    return answer
  }
}

const pathOf = ({ url }: BuildFile): string => `/${url.replace(/^\//, '')}`

const keyOf = (file: BuildFile): string =>
  file.revision === null ? pathOf(file) : `${pathOf(file)}?v=${file.revision}`
