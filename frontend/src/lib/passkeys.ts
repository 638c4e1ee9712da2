/**
 * Passkeys (WebAuthn): the browser's bytes and the server's JSON.
 *
 * Written out instead of `parseCreationOptionsFromJSON` and `toJSON`, which browsers of 2024 lack.
 */
import { ApiError } from '@/api/errors'

interface Named {
  id: string
}

/** What the server asks, as JSON: bytes in base64url. */
interface Asked {
  publicKey: Record<string, unknown> & {
    challenge: string
    user?: Named
    excludeCredentials?: Named[]
    allowCredentials?: Named[]
  }
}

export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis && isSecureContext

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

export function toText(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const withBytes = <T extends Named>(one: T) => ({ ...one, id: toBytes(one.id) })

/** The server's question as the browser takes it. */
export function asked(
  options: unknown,
): PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions {
  const { publicKey } = options as Asked
  const { challenge, user, excludeCredentials, allowCredentials, ...rest } = publicKey
  return {
    ...rest,
    challenge: toBytes(challenge),
    ...(user && { user: withBytes(user) }),
    ...(excludeCredentials && { excludeCredentials: excludeCredentials.map(withBytes) }),
    ...(allowCredentials && { allowCredentials: allowCredentials.map(withBytes) }),
  } as unknown as PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions
}

/** The browser's answer as the server reads it. */
function told(credential: PublicKeyCredential, response: Record<string, ArrayBuffer | null>): object {
  const texts = Object.entries(response).flatMap(([name, bytes]) => (bytes ? [[name, toText(bytes)]] : []))
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response: Object.fromEntries(texts),
    clientExtensionResults: credential.getClientExtensionResults(),
  }
}

/** @throws ApiError "passkey_cancelled", "passkey_known" or "passkey_failed". */
async function fromBrowser(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await work()
    if (credential) return credential as PublicKeyCredential
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') throw new ApiError('passkey_cancelled', '')
    if (name === 'InvalidStateError') throw new ApiError('passkey_known', '')
  }
  throw new ApiError('passkey_failed', '')
}

/** Has the browser make a passkey. */
export async function makePasskey(options: unknown): Promise<object> {
  const made = await fromBrowser(() => navigator.credentials.create({ publicKey: asked(options) }))
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse
  return told(made, { clientDataJSON, attestationObject })
}

/** Has the browser sign with a passkey. */
export async function answerWithPasskey(options: unknown): Promise<object> {
  const used = await fromBrowser(() => navigator.credentials.get({ publicKey: asked(options) }))
  const answer = used.response as AuthenticatorAssertionResponse
  const { clientDataJSON, authenticatorData, signature, userHandle } = answer
  return told(used, { clientDataJSON, authenticatorData, signature, userHandle })
}
