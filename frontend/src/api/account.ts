/** Sign-up, sign-in and passwords. */
import { ask, SecondStepAsked, type FactorKind } from './allauth'
import { api, unwrap } from './client'
import { ApiError } from './errors'

export interface Credentials {
  email: string
  password: string
}

/** consent: the version of the text on storing movements that was agreed to. */
export interface NewAccount extends Credentials {
  consent?: string
}

const call = async (method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> => {
  await ask(method, path, body)
}

/** allauth answers 401 to tell that nobody is signed in any more: here that is success. */
async function signedOutIsFine(answer: Promise<void>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'not_authenticated')) throw error
  }
}

export const signUp = (account: NewAccount): Promise<void> => call('POST', '/auth/signup', account)

/** Kinds of second factors, one of which is asked for now; none: one is signed in. */
export async function signIn(credentials: Credentials): Promise<readonly FactorKind[]> {
  try {
    await call('POST', '/auth/login', credentials)
    return []
  } catch (error) {
    if (error instanceof SecondStepAsked) return error.kinds
    throw error
  }
}

export const signOut = (): Promise<void> => signedOutIsFine(call('DELETE', '/auth/session'))

export const verifyEmail = (key: string): Promise<void> =>
  signedOutIsFine(call('POST', '/auth/email/verify', { key }))

/** The whole account, for good. @throws ApiError "reauthentication_required" */
export const eraseAccount = (): Promise<unknown> => unwrap(api.DELETE('/api/me'))

export const changePassword = (current_password: string, new_password: string): Promise<void> =>
  call('POST', '/account/password/change', { current_password, new_password })
export const requestPasswordReset = (email: string): Promise<void> =>
  call('POST', '/auth/password/request', { email })
export const resetPassword = (key: string, password: string): Promise<void> =>
  signedOutIsFine(call('POST', '/auth/password/reset', { key, password }))
