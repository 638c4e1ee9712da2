/** Where the page finds the version of the discriminator with which the server counts. */
import { api } from '@/api/client'

const KEY = 'posecoach.counting'

/** The address of its `model.json`; null where this build brings it. Without an answer, as it was last. */
export async function countingModelUrl(): Promise<string | null> {
  const path = await asked()
  return path === null ? null : new URL(path, location.href).href
}

async function asked(): Promise<string | null> {
  try {
    const { data } = await api.GET('/api/counting')
    if (data) return remember(data.model)
  } catch {
    // Offline, or signed out: what was said last still holds.
  }
  return localStorage.getItem(KEY)
}

function remember(path: string | null): string | null {
  if (path === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, path)
  return path
}
