/** What the service worker does with a push message, and with a click on what it has shown. */

/** As the server writes it (accounts/notifications/push.py). */
interface Told {
  title: string
  body: string
  /** A path of ours. */
  url: string
  /** The same one replaces itself. */
  tag: string
}

export interface Shows {
  showNotification(title: string, options: NotificationOptions): Promise<void>
}
interface Page {
  readonly url: string
  focus(): Promise<unknown>
  navigate(url: string): Promise<unknown>
}
export interface Pages {
  matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>
  openWindow(url: string): Promise<unknown>
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function parse(message: string): Told {
  let told: Record<string, unknown> = {}
  try {
    told = (JSON.parse(message) as Record<string, unknown> | null) ?? {}
  } catch {
    // A browser wants something to be shown for every message, also for one that makes no sense.
  }
  const url = text(told.url)
  return {
    title: text(told.title) || 'PoseCoach',
    body: text(told.body),
    url: url.startsWith('/') && !url.startsWith('//') ? url : '/notifications',
    tag: text(told.tag),
  }
}

/** Shows a message. What cannot be read is shown as the bare name of the app. */
export function show(message: string, shows: Shows): Promise<void> {
  const { title, body, url, tag } = parse(message)
  return shows.showNotification(title, {
    body,
    tag: tag || undefined,
    data: { url },
    icon: '/icons/icon-192.png',
    badge: '/icons/icon-192.png',
  })
}

/** Leads to the page of a notification: in a window that is open, or else in a new one. */
export async function lead(data: unknown, pages: Pages, origin: string): Promise<void> {
  const url = new URL(text((data as { url?: unknown } | null)?.url) || '/notifications', origin).href
  const open = await pages.matchAll({ type: 'window', includeUncontrolled: true })
  const page = open.find((one) => one.url === url) ?? open.find((one) => new URL(one.url).origin === origin)
  if (!page) {
    await pages.openWindow(url)
    return
  }
  await page.focus()
  if (page.url !== url) await page.navigate(url)
}
