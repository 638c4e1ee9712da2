import { toApiError } from './errors'
import { send } from './http'

export { ApiError, type FieldError } from './errors'

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
type Query = Record<string, string | number | undefined>

function address(path: string, query: Query): string {
  const url = new URL(path, location.origin)
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(key, String(value))
  }
  return url.href
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text ? (JSON.parse(text) as unknown) : undefined
  } catch {
    return undefined
  }
}

let whenSignedOut: () => void = () => undefined

/** Called when a call finds that the sign-in has ended. */
export function onSignedOut(callback: () => void): void {
  whenSignedOut = callback
}

/** Answers the body as T. @throws ApiError */
export async function read<T>(response: Response): Promise<T> {
  const body = await readBody(response)
  if (response.ok) return body as T
  const error = toApiError(body, response.status)
  if (error.code === 'not_authenticated') whenSignedOut()
  throw error
}

/** One JSON call. @throws ApiError */
export async function call<T>(method: Method, path: string, body?: unknown, query: Query = {}): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: 'application/json' } }
  if (body !== undefined) {
    init.headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  return read<T>(await send(new Request(address(path, query), init)))
}
