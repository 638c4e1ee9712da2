import type { Write } from './writes'

const TIMEOUT_MS = 30_000

/** Sends one write to our own origin; rejects when no answer comes. */
export async function sendWrite(
  { method, path, contentType, body }: Write,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-CSRFToken': csrfToken() }
  if (contentType) headers['Content-Type'] = contentType
  return fetch(path, {
    method,
    headers,
    body,
    credentials: 'same-origin',
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
}

/** Read anew for every request: signing in changes it. */
function csrfToken(): string {
  return /(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? ''
}
