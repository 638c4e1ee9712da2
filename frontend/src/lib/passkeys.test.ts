import { afterEach, describe, expect, it, vi } from 'vitest'
import { answerWithPasskey, asked, makePasskey, toBytes, toText } from './passkeys'

const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer

const options = {
  publicKey: {
    challenge: '-_8',
    rpId: 'example.org',
    user: { id: 'AQI', name: 'Ada' },
    excludeCredentials: [{ id: 'Aw', type: 'public-key' }],
  },
}

function browser(method: 'create' | 'get', answer: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { credentials: { [method]: vi.fn(answer) } })
}

afterEach(() => vi.unstubAllGlobals())

describe('bytes', () => {
  it('are base64url without padding, and back', () => {
    expect(toText(bytes(251, 255))).toBe('-_8')
    expect([...toBytes('-_8')]).toEqual([251, 255])
    expect([...toBytes(toText(bytes(0, 127, 200)))]).toEqual([0, 127, 200])
  })

  it('of a question become bytes, and the rest stays', () => {
    const { challenge, user, excludeCredentials, rpId } = asked(options)
    expect(new Uint8Array(challenge as ArrayBuffer)).toEqual(new Uint8Array([251, 255]))
    expect(new Uint8Array(user.id as ArrayBuffer)).toEqual(new Uint8Array([1, 2]))
    expect(new Uint8Array(excludeCredentials?.[0]?.id as ArrayBuffer)).toEqual(new Uint8Array([3]))
    expect([user.name, rpId]).toEqual(['Ada', 'example.org'])
  })
})

describe('the answer', () => {
  it('of a passkey that signs says nothing that is not there', async () => {
    browser('get', () =>
      Promise.resolve({
        type: 'public-key',
        id: 'Aw',
        rawId: bytes(3),
        response: {
          clientDataJSON: bytes(1),
          authenticatorData: bytes(2),
          signature: bytes(4),
          userHandle: null,
        },
        getClientExtensionResults: () => ({}),
      }),
    )
    expect(await answerWithPasskey(options)).toEqual({
      type: 'public-key',
      id: 'Aw',
      rawId: 'Aw',
      response: { clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: 'BA' },
      clientExtensionResults: {},
    })
  })

  it.each([
    ['NotAllowedError', 'passkey_cancelled'],
    ['InvalidStateError', 'passkey_known'],
    ['SecurityError', 'passkey_failed'],
  ])('%s is told as %s', async (name, code) => {
    browser('create', () => Promise.reject(new DOMException('', name)))
    await expect(makePasskey(options)).rejects.toMatchObject({ code })
  })
})
