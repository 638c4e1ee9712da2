/** allauth's headless browser client, which our schema leaves out: its answers, and what its 401 may mean. */
import { heard } from './client'
import { ApiError, toApiError } from './errors'
import { send } from './http'

const BASE = '/_allauth/browser/v1'

export type FactorKind = 'totp' | 'webauthn' | 'recovery_codes'

/** The password was right, and a second step is asked for: by one of `kinds`. */
export class SecondStepAsked extends ApiError {
  readonly kinds: readonly FactorKind[]

  constructor(kinds: readonly FactorKind[]) {
    super('second_step', '', 401)
    this.kinds = kinds
  }
}

export interface Told<D, M = object> {
  status: number
  data: D
  meta: Partial<M>
}

interface Flow {
  id: string
  is_pending?: boolean
  types?: FactorKind[]
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * One call. Statuses in `fine` are answers too, not failures.
 *
 * @throws SecondStepAsked; ApiError, with the code "reauthentication_required" where one has to say who one is once more.
 */
export async function ask<D = unknown, M = object>(
  method: Method,
  path: string,
  body?: object,
  fine: readonly number[] = [],
): Promise<Told<D, M>> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
  const url = new URL(BASE + path, location.origin)
  const response = await send(new Request(url, { method, headers, body: body && JSON.stringify(body) }))
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok && !fine.includes(response.status)) {
    const error = refusal(answer, response.status)
    // Only who was signed in asks about an account; elsewhere 401 is an answer like others.
    throw path.startsWith('/account/') ? heard(error) : error
  }
  const { data, meta } = (answer ?? {}) as Partial<Told<D, M>>
  return { status: response.status, data: data as D, meta: meta ?? {} }
}

function refusal(answer: unknown, status: number): ApiError {
  const { data, meta } = (answer ?? {}) as Partial<Told<{ flows?: Flow[] }, { is_authenticated: boolean }>>
  if (status !== 401 || !data?.flows) return toApiError(answer, status)
  const step = data.flows.find((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)
  if (step) return new SecondStepAsked(step.types ?? [])
  return meta?.is_authenticated
    ? new ApiError('reauthentication_required', '', status)
    : toApiError(answer, status)
}
