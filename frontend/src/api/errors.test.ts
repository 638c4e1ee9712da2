import { describe, expect, it } from 'vitest'
import { ApiError, toApiError } from './errors'

describe('toApiError', () => {
  it('reads our own shape', () => {
    const error = toApiError(
      {
        error: {
          code: 'invalid',
          message: 'No.',
          fields: [{ field: 'weekly_goal', message: 'At most 14.' }],
          reference: '5f0c9a7be1d24c38',
        },
      },
      400,
    )
    expect(error).toMatchObject({ code: 'invalid', message: 'No.', status: 400 })
    expect(error.reference).toBe('5f0c9a7be1d24c38')
    expect(error.byField()).toEqual({ weekly_goal: ['At most 14.'] })
  })

  it("reads allauth's shape and keeps the code of each field", () => {
    const answer = {
      status: 400,
      errors: [
        { message: 'Taken.', code: 'email_taken', param: 'email' },
        { message: 'Short.', code: 'password_too_short', param: 'password' },
        { message: 'Common.', code: 'password_too_common', param: 'password' },
      ],
    }
    const error = toApiError(answer, 400)
    expect(error.code).toBe('email_taken')
    expect(error.byField(({ code }) => code ?? '')).toEqual({
      email: ['email_taken'],
      password: ['password_too_short', 'password_too_common'],
    })
  })

  it.each([
    [{ status: 401, data: { flows: [] } }, 401, 'not_authenticated'],
    [{ status: 401 }, 410, 'not_authenticated'],
    ['<h1>Bad gateway</h1>', 502, 'unavailable'],
    [undefined, 500, 'unavailable'],
    [{ error: 'odd' }, 500, 'unavailable'],
  ])('makes %o with status %i into "%s"', (body, status, code) => {
    expect(toApiError(body, status)).toMatchObject({ code, status })
  })

  it('tells offline from everything else', () => {
    expect(new ApiError('offline', '').isOffline).toBe(true)
    expect(toApiError(undefined, 503).isOffline).toBe(false)
  })
})
