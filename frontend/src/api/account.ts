/** Sign-up, sign-in and passwords: allauth's headless browser client, which our schema leaves out. */
import { ApiError, toApiError } from './errors'
import { send } from './http'

const BASE = '/_allauth/browser/v1'

export interface Credentials {
  email: string
  password: string
}

async function call(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
  const url = new URL(BASE + path, location.origin)
  const response = await send(new Request(url, { method, headers, body: body && JSON.stringify(body) }))
  if (response.ok) return
  const answer: unknown = await response.json().catch(() => undefined)
  throw toApiError(answer, response.status)
}

/** allauth answers 401 to tell that nobody is signed in any more: here that is success. */
async function signedOutIsFine(answer: Promise<void>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'not_authenticated')) throw error
  }
}

export const signUp = (credentials: Credentials): Promise<void> => call('POST', '/auth/signup', credentials)
export const signIn = (credentials: Credentials): Promise<void> => call('POST', '/auth/login', credentials)
export const signOut = (): Promise<void> => signedOutIsFine(call('DELETE', '/auth/session'))

export const verifyEmail = (key: string): Promise<void> =>
  signedOutIsFine(call('POST', '/auth/email/verify', { key }))

export const changePassword = (current_password: string, new_password: string): Promise<void> =>
  call('POST', '/account/password/change', { current_password, new_password })
export const requestPasswordReset = (email: string): Promise<void> =>
  call('POST', '/auth/password/request', { email })
export const resetPassword = (key: string, password: string): Promise<void> =>
  signedOutIsFine(call('POST', '/auth/password/reset', { key, password }))
