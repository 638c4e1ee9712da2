/** A field that was refused, and why. */
export interface FieldError {
  field: string
  message: string
  code?: string
}

/** Codes that the browser itself adds to those of the server. */
export type LocalCode = 'offline' | 'unavailable'

/**
 * What every failed call throws: one code, one sentence, the fields it is about, and the reference
 * under which the server's log knows it (empty where no server answered).
 */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly fields: readonly FieldError[]
  readonly reference: string

  constructor(code: string, message: string, status = 0, fields: readonly FieldError[] = [], reference = '') {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.fields = fields
    this.reference = reference
  }

  /** Messages by field, ready for a form's `error-messages`. */
  byField(word = (error: FieldError): string => error.message): Record<string, string[]> {
    const messages: Record<string, string[]> = {}
    for (const error of this.fields) (messages[error.field] ??= []).push(word(error))
    return messages
  }

  get isOffline(): boolean {
    return this.code === 'offline'
  }
}

interface AllauthError {
  message: string
  code: string
  param?: string
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function fromOurs(error: Record<string, unknown>, status: number): ApiError {
  const fields = Array.isArray(error.fields) ? (error.fields as FieldError[]) : []
  const reference = typeof error.reference === 'string' ? error.reference : ''
  return new ApiError(String(error.code), String(error.message), status, fields, reference)
}

function fromAllauth(errors: AllauthError[], status: number): ApiError {
  const fields = errors.flatMap(({ param, message, code }) =>
    param ? [{ field: param, message, code }] : [],
  )
  const first = errors[0]
  return new ApiError(first?.code ?? 'invalid', first?.message ?? '', status, fields)
}

/** Reads either error shape (ours or allauth's); anything else becomes "unavailable". */
export function toApiError(body: unknown, status: number): ApiError {
  if (isRecord(body) && isRecord(body.error)) return fromOurs(body.error, status)
  if (isRecord(body) && Array.isArray(body.errors)) {
    return fromAllauth(body.errors as AllauthError[], status)
  }
  const signedOut = status === 401 || status === 410
  return new ApiError(signedOut ? 'not_authenticated' : 'unavailable', '', status)
}
