/** What people agree to: texts with versions, and what becomes of an agreement. */
import { api, unwrap } from './client'
import type { components } from './schema'

export type Consent = components['schemas']['Consent']
export type ConsentDocument = Consent['document']

const at = (document: ConsentDocument) => ({ params: { path: { document } } })

/** Also without an account: sign-up shows what it asks for. */
export const listConsents = (): Promise<Consent[]> => unwrap(api.GET('/api/consents', { cache: 'no-store' }))
/** @throws ApiError for a version that is not the current one any more */
export const giveConsent = (document: ConsentDocument, version: string): Promise<Consent[]> =>
  unwrap(api.PUT('/api/consents/{document}', { ...at(document), body: { version } }))
export const withdrawConsent = (document: ConsentDocument): Promise<Consent[]> =>
  unwrap(api.DELETE('/api/consents/{document}', at(document)))
