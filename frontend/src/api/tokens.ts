import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type ApiToken = Schemas['ApiToken']
export type ApiTokenMade = Schemas['ApiTokenMade']
export type TokenScope = Schemas['TokenScopeEnum']
export type AuditEntry = Schemas['AuditEntry']
export type AuditPage = Schemas['AuditPage']

export const TOKEN_SCOPES: readonly TokenScope[] = [
  'results:read',
  'keypoints:read',
  'training:write',
  'plan:read',
  'plan:write',
]
const NOW = { cache: 'no-store' } as const

export const listTokens = (): Promise<ApiToken[]> => unwrap(api.GET('/api/tokens', NOW))
export const makeToken = (body: Schemas['ApiTokenGivenRequest']): Promise<ApiTokenMade> =>
  unwrap(api.POST('/api/tokens', { body }))
export const revokeToken = (token_id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/tokens/{token_id}', { params: { path: { token_id } } }))

/** What happened to one's own account, newest first. */
export const listAudit = (before?: string): Promise<AuditPage> =>
  unwrap(api.GET('/api/audit-log', { params: { query: { before, limit: 10 } }, ...NOW }))
