import { afterEach, expect, it, vi } from 'vitest'
import { signIn } from './account'
import { ask } from './allauth'
import { onSignedOut } from './client'
import { beginTotp } from './factors'

function server(status: number, body: object): void {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))
}

afterEach(() => vi.unstubAllGlobals())

const account = { email: 'ada@example.org', password: 'x' }

it('a sign-in is done, or asks for one of the kinds that there are', async () => {
  server(200, { data: {}, meta: { is_authenticated: true } })
  expect(await signIn(account)).toEqual([])
  const flows = [
    { id: 'login' },
    { id: 'mfa_authenticate', is_pending: true, types: ['totp', 'recovery_codes'] },
  ]
  server(401, { data: { flows }, meta: { is_authenticated: false } })
  expect(await signIn(account)).toEqual(['totp', 'recovery_codes'])
})

it('a wrong password is no second step', async () => {
  server(400, { errors: [{ code: 'email_password_mismatch', message: 'No.', param: 'password' }] })
  await expect(signIn(account)).rejects.toMatchObject({ code: 'email_password_mismatch' })
})

it('who is signed in is asked once more; who is not is signed out', async () => {
  server(401, { data: { flows: [{ id: 'reauthenticate' }] }, meta: { is_authenticated: true } })
  await expect(ask('GET', '/x')).rejects.toMatchObject({ code: 'reauthentication_required' })
  server(401, { data: { flows: [{ id: 'login' }] }, meta: { is_authenticated: false } })
  await expect(ask('GET', '/x')).rejects.toMatchObject({ code: 'not_authenticated' })
})

it('the page hears of a sign-in that was ended elsewhere, not of one that there never was', async () => {
  const told = vi.fn()
  onSignedOut(told)
  server(401, { data: { flows: [{ id: 'login' }] }, meta: { is_authenticated: false } })
  await expect(ask('DELETE', '/auth/session')).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(told).not.toHaveBeenCalled()
  await expect(ask('GET', '/account/authenticators')).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(told).toHaveBeenCalledOnce()
})

it('a new secret comes with a 404, and none where there is one already', async () => {
  server(404, { meta: { secret: 'ABCD', totp_url: 'otpauth://totp/x' } })
  expect(await beginTotp()).toEqual({ secret: 'ABCD', url: 'otpauth://totp/x' })
  server(200, { data: { type: 'totp' } })
  await expect(beginTotp()).rejects.toMatchObject({ code: 'totp_known' })
})
