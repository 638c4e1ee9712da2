import createClient from 'openapi-fetch'
import { toApiError, type ApiError } from './errors'
import { send } from './http'
import type { paths } from './schema'

export { ApiError, type FieldError } from './errors'

/** Every endpoint of docs/openapi.yaml, typed. Wrap calls in `unwrap`. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send })

const clients = new Map<string, typeof api>()

/**
 * The same endpoints with another subject: what is `/api/workouts` for oneself is `/api/athletes/…/workouts` for a coach.
 * Null for oneself. Only what docs/data-flow.md has under `/api/athletes/{athlete}` answers.
 */
export function apiOf(athleteId: string | null): typeof api {
  if (athleteId === null) return api
  const known = clients.get(athleteId)
  if (known) return known
  class OfAthlete extends Request {
    constructor(address: string, init?: RequestInit) {
      super(address.replace('/api/', `/api/athletes/${athleteId}/`), init)
    }
  }
  const client = createClient<paths>({
    baseUrl: location.origin,
    fetch: send,
    Request: OfAthlete as typeof Request,
  })
  clients.set(athleteId, client)
  return client
}

let whenSignedOut: () => void = () => undefined

/** Called when a call finds that the sign-in has ended. */
export function onSignedOut(callback: () => void): void {
  whenSignedOut = callback
}

/** A refusal to be thrown; where it tells that nobody is signed in any more, the page hears of it. */
export function heard(refusal: ApiError): ApiError {
  if (refusal.code === 'not_authenticated') whenSignedOut()
  return refusal
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer. @throws ApiError when the server refused or could not be reached. */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer
  if (response.ok) return data as T
  throw heard(toApiError(error, response.status))
}
