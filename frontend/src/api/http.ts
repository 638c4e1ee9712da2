import { COPIED_AT, keepCopy, mayBeCopied, ownerOfCopies, recallCopy } from './copies'
import { ApiError } from './errors'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const SESSION = '/_allauth/browser/v1/auth/session'
/** What stands in front of a server that is away answers for it. */
const AWAY = new Set([502, 503, 504])
/** A network that neither works nor fails is none. */
const PATIENCE_MS = 10_000

let whenAnswered: (copiedAt: string | null) => void = () => undefined

/** Called with every answer to a read: null, or the time of the copy that had to do. */
export function onAnswer(callback: (copiedAt: string | null) => void): void {
  whenAnswered = callback
}

/** Value of the CSRF cookie, or null before the first visit. */
export function csrfToken(cookies: string = document.cookie): string | null {
  const match = /(?:^|;\s*)(?:__Host-)?csrftoken=([^;]+)/.exec(cookies)
  return match?.[1] ? decodeURIComponent(match[1]) : null
}

async function ensureCsrfToken(): Promise<string> {
  if (!csrfToken()) await fetch(SESSION, { credentials: 'same-origin' })
  return csrfToken() ?? ''
}

/**
 * Sends a request with session cookie and CSRF header. Where the server is away, a read gets the copy of its last answer.
 *
 * @throws ApiError "offline" when nothing answers.
 */
export async function send(request: Request): Promise<Response> {
  const owner = ownerOfCopies()
  const answer = await ask(request)
  if (!mayBeCopied(request)) return answer ?? offline()
  if (answer && !AWAY.has(answer.status)) {
    whenAnswered(null)
    void keepCopy(request, answer, owner)
    return answer
  }
  const copy = await recallCopy(request)
  if (copy) whenAnswered(copy.headers.get(COPIED_AT))
  return copy ?? answer ?? offline()
}

/** Null when nothing answers. */
async function ask(request: Request): Promise<Response | null> {
  // The server's words are in the page's language, which need not be the browser's.
  request.headers.set('Accept-Language', document.documentElement.lang || 'en')
  try {
    if (SAFE.has(request.method)) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)])
      return await fetch(request, { signal })
    }
    request.headers.set('X-CSRFToken', await ensureCsrfToken())
    return await fetch(request)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    return null
  }
}

function offline(): never {
  throw new ApiError('offline', '')
}
