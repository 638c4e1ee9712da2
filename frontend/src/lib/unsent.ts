/** What somebody has written and the server does not know yet: kept on this device, so that no reload loses it. */

/** Where a thread begins: at a moment, or (null) on the set as a whole. */
export interface Beginning {
  t_ms: number | null
  rep_start_ms: number | null
  /** Whom an athlete writes to; null for a coach. */
  coach: string | null
  /** The name of who will read it. */
  other: string
}

/** A message on its way. begins: of the first one of a thread, and null when its thread is there already. */
export interface Unsent {
  id: string
  thread: string
  begins: Beginning | null
  text: string
  writtenAt: string
  /** In words, once the server has refused it; null while it is tried. */
  refused: string | null
}

/** drafts: typed and not sent, by thread, or "new". */
export interface Kept {
  unsent: Unsent[]
  drafts: Record<string, string>
}

const key = (user: string, set: string): string => `posecoach.unsent.${user}.${set}`
const nothing = (): Kept => ({ unsent: [], drafts: {} })

function isKept(value: unknown): value is Kept {
  const kept = value as Partial<Kept> | null
  return (
    typeof kept === 'object' && kept !== null && Array.isArray(kept.unsent) && typeof kept.drafts === 'object'
  )
}

export function recall(user: string, set: string, storage: Storage = localStorage): Kept {
  try {
    const found: unknown = JSON.parse(storage.getItem(key(user, set)) ?? 'null')
    return isKept(found) ? found : nothing()
  } catch {
    return nothing()
  }
}

/** A device that keeps nothing loses only what a reload would have brought back. */
export function keep(user: string, set: string, kept: Kept, storage: Storage = localStorage): void {
  const drafts = Object.fromEntries(Object.entries(kept.drafts).filter(([, text]) => text.trim()))
  try {
    if (kept.unsent.length === 0 && Object.keys(drafts).length === 0) storage.removeItem(key(user, set))
    else storage.setItem(key(user, set), JSON.stringify({ unsent: kept.unsent, drafts }))
  } catch (error) {
    console.warn('An unsent comment is not kept on this device', error)
  }
}
