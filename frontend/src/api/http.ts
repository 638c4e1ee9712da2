import { ApiError } from './errors'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const SESSION = '/_allauth/browser/v1/auth/session'

/** Value of the CSRF cookie, or null before the first visit. */
export function csrfToken(cookies: string = document.cookie): string | null {
  const match = /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookies)
  return match?.[1] ? decodeURIComponent(match[1]) : null
}

async function ensureCsrfToken(): Promise<string> {
  if (!csrfToken()) await fetch(SESSION, { credentials: 'same-origin' })
  return csrfToken() ?? ''
}

/** Sends a request with session cookie and CSRF header. @throws ApiError "offline" when nothing answers. */
export async function send(request: Request): Promise<Response> {
  try {
    if (!SAFE.has(request.method)) request.headers.set('X-CSRFToken', await ensureCsrfToken())
    return await fetch(request)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError('offline', '')
  }
}
