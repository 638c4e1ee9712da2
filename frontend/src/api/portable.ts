/** All of the athlete's data out as a file, and in again. */
import { api, unwrap } from './client'
import { toApiError } from './errors'
import { send } from './http'
import type { components } from './schema'

type Schemas = components['schemas']

export type Import = Schemas['Import']
export type WeightUnit = Schemas['WeightUnitEnum']

/** Bytes of a part; the last one of a file may be shorter. */
export const PART_BYTES = 512 * 1024
export const MAX_FILE_BYTES = 1024 ** 3

/** Addresses for links: the browser saves what comes while it comes. */
export const EXPORT_URL = '/api/export'
export const TABLE_URL = '/api/export/sets.csv'

/** Whether the whole export may be fetched now. @throws ApiError "reauthentication_required" */
export const mayExport = (): Promise<unknown> =>
  unwrap(api.GET('/api/export', { params: { query: { ask: true } }, parseAs: 'text', cache: 'no-store' }))

const at = (import_id: string) => ({ params: { path: { import_id } } })

export const listImports = (): Promise<Import[]> => unwrap(api.GET('/api/imports'))
export const getImport = (id: string): Promise<Import> =>
  unwrap(api.GET('/api/imports/{import_id}', { ...at(id), cache: 'no-store' }))
export const openImport = (id: string, body: Schemas['ImportOpenRequest']): Promise<Import> =>
  unwrap(api.PUT('/api/imports/{import_id}', { ...at(id), body }))
export const checkImport = (id: string): Promise<Import> =>
  unwrap(api.POST('/api/imports/{import_id}/check', at(id)))
export const startImport = (id: string, with_profile: boolean): Promise<Import> =>
  unwrap(api.POST('/api/imports/{import_id}/start', { ...at(id), body: { with_profile } }))
export const undoImport = (id: string): Promise<Import> =>
  unwrap(api.POST('/api/imports/{import_id}/undo', at(id)))
export const discardImport = (id: string): Promise<unknown> =>
  unwrap(api.DELETE('/api/imports/{import_id}', at(id)))

/** @throws ApiError when the server refused or could not be reached; the same part may be sent again. */
export async function putPart(id: string, index: number, part: Blob): Promise<void> {
  const request = new Request(new URL(`/api/imports/${id}/parts/${index}`, location.origin), {
    method: 'PUT',
    body: part,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  const answer = await send(request)
  if (!answer.ok) throw toApiError(await answer.json().catch(() => null), answer.status)
}
