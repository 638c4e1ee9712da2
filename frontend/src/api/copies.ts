/**
 * Copies of the server's last answers, for the time without it.
 *
 * They belong to one account: nothing is kept before its owner is known, an answer that was asked for by another
 * one is not kept, and all of them go when the owner does. Nothing that changes the server ever comes here.
 */

/** On an answer that is a copy: when the server gave it, ISO 8601. */
export const COPIED_AT = 'X-Copied-At'

const CACHE = 'posecoach-answers'
const OWNER = 'posecoach.owner'
const MOST = 200

/** Whose copies are kept on this device, in all tabs; null when nobody is signed in. */
export const ownerOfCopies = (): string | null => localStorage.getItem(OWNER)

const device = (): CacheStorage | undefined => globalThis.caches as CacheStorage | undefined

/** Reads of the API; `cache: 'no-store'` says that a copy would be of no use. */
export function mayBeCopied({ method, url, cache }: Request): boolean {
  return method === 'GET' && cache !== 'no-store' && new URL(url).pathname.startsWith('/api/')
}

/** The server forbids it where a grant may end: what a coach sees, and links themselves. */
const isForbidden = (answer: Response): boolean => answer.headers.has('X-No-Copy')

/** Keeps the answer for `owner`, who was signed in when it was asked for. A full device keeps none. */
export async function keepCopy(request: Request, answer: Response, owner: string | null): Promise<void> {
  if (!answer.ok || owner === null || isForbidden(answer)) return
  const headers = new Headers(answer.headers)
  headers.set(COPIED_AT, new Date().toISOString())
  const body = answer.clone()
  try {
    const copy = new Response(await body.blob(), { headers })
    const cache = await device()?.open(CACHE)
    if (!cache || owner !== ownerOfCopies()) return
    await cache.put(request.url, copy)
    const [oldest, ...others] = await cache.keys()
    if (oldest && others.length >= MOST) await cache.delete(oldest)
  } catch (error) {
    console.warn('No copy is kept on this device', error)
  }
}

export async function recallCopy(request: Request): Promise<Response | undefined> {
  if (!mayBeCopied(request) || ownerOfCopies() === null) return undefined
  try {
    const cache = await device()?.open(CACHE)
    return await cache?.match(request.url, { ignoreVary: true })
  } catch {
    return undefined
  }
}

export async function forgetCopies(): Promise<void> {
  localStorage.removeItem(OWNER)
  await device()
    ?.delete(CACHE)
    .catch(() => false)
}

/** Answers whether the copies are this account's already; if not, those of the other one are gone now. */
export async function belongTo(owner: string): Promise<boolean> {
  if (ownerOfCopies() === owner) return true
  await forgetCopies()
  localStorage.setItem(OWNER, owner)
  return false
}
