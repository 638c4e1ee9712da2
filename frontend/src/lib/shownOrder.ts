/** The athletes in the order in which the roster last showed them, so that one can go through them page by page. */
const KEY = 'posecoach.roster'

export interface Neighbours {
  previous: string | null
  next: string | null
}

/** Of one athlete; nobody where the roster was not shown, or shows somebody else. */
export function neighboursOf(id: string, storage: Storage = sessionStorage): Neighbours {
  const ids = readOrder(storage)
  const at = ids.indexOf(id)
  return at < 0
    ? { previous: null, next: null }
    : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null }
}

function readOrder(storage: Storage): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
