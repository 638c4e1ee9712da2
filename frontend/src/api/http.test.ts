import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { csrfToken, send } from './http'

const url = 'http://localhost/api/me'
const answer = vi.fn<typeof fetch>()

beforeEach(() => {
  answer.mockResolvedValue(new Response('{}'))
  vi.stubGlobal('fetch', answer)
})
afterEach(() => {
  vi.unstubAllGlobals()
  answer.mockReset()
  document.cookie = 'csrftoken=; max-age=0'
})

const sent = (call: number): Request => answer.mock.calls[call]?.[0] as Request

describe('csrfToken', () => {
  it.each([
    ['', null],
    ['csrftoken=abc', 'abc'],
    ['a=1; csrftoken=a%3Db; z=2', 'a=b'],
    ['z=2; __Host-csrftoken=abc', 'abc'],
    ['xcsrftoken=abc', null],
  ])('in %o is %o', (cookies, token) => expect(csrfToken(cookies)).toBe(token))
})

describe('send', () => {
  it('puts the token on a write and leaves a read alone', async () => {
    document.cookie = 'csrftoken=abc'
    await send(new Request(url))
    await send(new Request(url, { method: 'PATCH' }))
    expect(sent(0).headers.has('X-CSRFToken')).toBe(false)
    expect(sent(1).headers.get('X-CSRFToken')).toBe('abc')
  })

  it('asks for the language of the page', async () => {
    document.documentElement.lang = 'zh-Hans'
    await send(new Request(url))
    expect(sent(0).headers.get('Accept-Language')).toBe('zh-Hans')
  })

  it('asks for a token first when there is none', async () => {
    answer.mockImplementation((request) => {
      if (typeof request === 'string') document.cookie = 'csrftoken=fresh'
      return Promise.resolve(new Response('{}'))
    })
    await send(new Request(url, { method: 'DELETE' }))
    expect(answer.mock.calls[0]?.[0]).toBe('/_allauth/browser/v1/auth/session')
    expect(sent(1).headers.get('X-CSRFToken')).toBe('fresh')
  })

  it('says offline when nothing answers', async () => {
    answer.mockRejectedValue(new TypeError('Failed to fetch'))
    await expect(send(new Request(url))).rejects.toMatchObject({ name: 'ApiError', code: 'offline' })
  })

  it('passes an abort on as it is', async () => {
    answer.mockRejectedValue(new DOMException('stop', 'AbortError'))
    await expect(send(new Request(url))).rejects.toMatchObject({ name: 'AbortError' })
  })
})
