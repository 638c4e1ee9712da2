/** Second factors: which there are, setting them up and taking them away, and proving who one is with them. */
import { answerWithPasskey, makePasskey } from '@/lib/passkeys'
import { ask, type FactorKind } from './allauth'
import { ApiError } from './errors'

export type { FactorKind } from './allauth'

/** Times in seconds since 1970; null: not used so far. */
export interface Factor {
  type: FactorKind
  created_at: number
  last_used_at: number | null
  /** Of passkeys. */
  id?: number
  name?: string
  /** Of recovery codes. */
  total_code_count?: number
  unused_code_count?: number
  unused_codes?: string[]
}

/** secret: for typing; url: for the QR code (otpauth). */
export interface TotpOffer {
  secret: string
  url: string
}

const OF_ACCOUNT = '/account/authenticators'
const TOTP = `${OF_ACCOUNT}/totp`
const CODES = `${OF_ACCOUNT}/recovery-codes`
const PASSKEYS = `${OF_ACCOUNT}/webauthn`

export const listFactors = async (): Promise<Factor[]> => (await ask<Factor[]>('GET', OF_ACCOUNT)).data

/** A new secret, which counts once a code of it was said. */
export async function beginTotp(): Promise<TotpOffer> {
  const { meta } = await ask<unknown, { secret: string; totp_url: string }>('GET', TOTP, undefined, [404])
  if (!meta.secret || !meta.totp_url) throw new ApiError('totp_known', '', 409)
  return { secret: meta.secret, url: meta.totp_url }
}

export async function confirmTotp(code: string): Promise<void> {
  await ask('POST', TOTP, { code })
}

export async function removeTotp(): Promise<void> {
  await ask('DELETE', TOTP)
}

/** Those that are unused, or none where they have been shown before. */
export const showCodes = async (): Promise<string[]> =>
  (await ask<Factor | undefined>('GET', CODES, undefined, [404])).data?.unused_codes ?? []

export const renewCodes = async (): Promise<string[]> =>
  (await ask<Factor>('POST', CODES)).data.unused_codes ?? []

/** Asks the browser for a new passkey and keeps its public half. */
export async function addPasskey(name: string): Promise<void> {
  const asked = await ask<{ creation_options: unknown }>('GET', `${PASSKEYS}?passwordless`)
  const credential = await makePasskey(asked.data.creation_options)
  await ask('POST', PASSKEYS, { name, credential, passwordless: true })
}

export async function renamePasskey(id: number, name: string): Promise<void> {
  await ask('PUT', PASSKEYS, { id, name })
}

export async function removePasskey(id: number): Promise<void> {
  await ask('DELETE', PASSKEYS, { authenticators: [id] })
}

async function byPasskey(path: string): Promise<void> {
  const asked = await ask<{ request_options: unknown }>('GET', path)
  await ask('POST', path, { credential: await answerWithPasskey(asked.data.request_options) })
}

export interface Proof {
  code: (code: string) => Promise<void>
  passkey: () => Promise<void>
}

/** The second step of a sign-in. A code is one of the app or a recovery code. */
export const secondStep: Proof = {
  code: async (code) => void (await ask('POST', '/auth/2fa/authenticate', { code })),
  passkey: () => byPasskey('/auth/webauthn/authenticate'),
}

/** Saying once more who one is. */
export const onceMore: Proof & { password: (password: string) => Promise<void> } = {
  password: async (password) => void (await ask('POST', '/auth/reauthenticate', { password })),
  code: async (code) => void (await ask('POST', '/auth/2fa/reauthenticate', { code })),
  passkey: () => byPasskey('/auth/webauthn/reauthenticate'),
}

/** The whole sign-in. */
export const signInWithPasskey = (): Promise<void> => byPasskey('/auth/webauthn/login')
