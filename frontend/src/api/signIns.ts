import { api, unwrap } from './client'
import type { components } from './schema'

export type SignIn = components['schemas']['SignIn']

export const listSignIns = (): Promise<SignIn[]> => unwrap(api.GET('/api/sign-ins', { cache: 'no-store' }))

export const endSignIn = (id: number): Promise<unknown> =>
  unwrap(api.DELETE('/api/sign-ins/{sign_in_id}', { params: { path: { sign_in_id: id } } }))

/** here: this browser too. */
export const signOutEverywhere = (here: boolean): Promise<unknown> =>
  unwrap(api.POST('/api/sign-ins/end', { body: { here } }))
