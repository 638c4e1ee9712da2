/** A set after it was trained: what people say about it, and its stored keypoints. `of`: of which athlete, null for oneself. */
import type { Answer } from '@/lib/answers'
import { api, apiOf, unwrap } from './client'
import type { SetDetail, SetDetails, SetFrames } from './types'

const set = (set_id: string) => ({ path: { set_id } })
const correction = (set_id: string, correction_id: string) => ({
  params: { path: { set_id, correction_id } },
})

export const patchSet = (id: string, body: SetDetails): Promise<SetDetail> =>
  unwrap(api.PATCH('/api/sets/{set_id}', { params: set(id), body }))
export const putCorrection = (
  setId: string,
  id: string,
  body: Answer,
  of: string | null = null,
): Promise<SetDetail> =>
  unwrap(apiOf(of).PUT('/api/sets/{set_id}/corrections/{correction_id}', { ...correction(setId, id), body }))
export const deleteCorrection = (setId: string, id: string, of: string | null = null): Promise<SetDetail> =>
  unwrap(apiOf(of).DELETE('/api/sets/{set_id}/corrections/{correction_id}', correction(setId, id)))

const getFramesFrom = (id: string, from_ms: number, of: string | null): Promise<SetFrames> =>
  unwrap(apiOf(of).GET('/api/sets/{set_id}/frames', { params: { ...set(id), query: { from_ms } } }))

/** All stored keypoints of a set: a long one comes in several parts. */
export async function getFrames(id: string, of: string | null = null): Promise<SetFrames> {
  const whole = await getFramesFrom(id, 0, of)
  let next = whole.next_ms
  while (next !== null) {
    const part = await getFramesFrom(id, next, of)
    whole.t_ms = whole.t_ms.concat(part.t_ms)
    whole.keypoints = whole.keypoints.concat(part.keypoints)
    next = part.next_ms
  }
  return { ...whole, next_ms: null }
}
