import { describe, expect, it, vi } from 'vitest'
import { onSignedOut, unwrap } from './client'

const refuse = (status: number, error: unknown) =>
  Promise.resolve({ error, response: new Response(null, { status }) })

describe('unwrap', () => {
  it('answers the data', async () => {
    const answer = { data: { id: 1 }, response: new Response('{}', { status: 200 }) }
    await expect(unwrap(Promise.resolve(answer))).resolves.toEqual({ id: 1 })
  })

  it('throws what the server said', async () => {
    const said = { error: { code: 'not_found', message: 'No such workout.', fields: [] } }
    await expect(unwrap(refuse(404, said))).rejects.toMatchObject({ code: 'not_found', status: 404 })
  })

  it('tells when the sign-in has ended, and only then', async () => {
    const told = vi.fn()
    onSignedOut(told)
    await expect(unwrap(refuse(500, undefined))).rejects.toMatchObject({ code: 'unavailable' })
    expect(told).not.toHaveBeenCalled()
    await expect(unwrap(refuse(401, undefined))).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(told).toHaveBeenCalledOnce()
  })
})
