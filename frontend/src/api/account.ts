import { call } from './client'
import { ApiError } from './errors'

/** Sign-up, sign-in and passwords: allauth's headless browser client. */
const BASE = '/_allauth/browser/v1'

export interface Credentials {
  email: string
  password: string
}

export const signUp = (credentials: Credentials): Promise<unknown> =>
  call('POST', `${BASE}/auth/signup`, credentials)
export const signIn = (credentials: Credentials): Promise<unknown> =>
  call('POST', `${BASE}/auth/login`, credentials)
export const changePassword = (current_password: string, new_password: string): Promise<unknown> =>
  call('POST', `${BASE}/account/password/change`, { current_password, new_password })
export const requestPasswordReset = (email: string): Promise<unknown> =>
  call('POST', `${BASE}/auth/password/request`, { email })

/** allauth answers 401 to tell that nobody is signed in any more: here that is success. */
async function signedOutIsFine(answer: Promise<unknown>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'not_authenticated')) throw error
  }
}

export const signOut = (): Promise<void> => signedOutIsFine(call('DELETE', `${BASE}/auth/session`))
export const resetPassword = (key: string, password: string): Promise<void> =>
  signedOutIsFine(call('POST', `${BASE}/auth/password/reset`, { key, password }))
