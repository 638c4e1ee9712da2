/** Push messages on this device: whether they can be shown, and the browser's subscription. */

export type PushState = 'unable' | 'blocked' | 'off' | 'on'

export interface Device {
  registration: () => Promise<ServiceWorkerRegistration | undefined>
  permission: () => NotificationPermission | undefined
  ask: () => Promise<NotificationPermission>
}

export const thisDevice: Device = {
  registration: async () =>
    'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined,
  permission: () => ('Notification' in globalThis ? Notification.permission : undefined),
  ask: () => Notification.requestPermission(),
}

/** A browser hands out `pushManager` only where it can show something. */
async function manager(device: Device): Promise<PushManager | undefined> {
  const registration = await device.registration()
  return registration && 'pushManager' in registration ? registration.pushManager : undefined
}

export async function pushState(device = thisDevice): Promise<PushState> {
  const push = await manager(device)
  const permission = device.permission()
  if (!push || permission === undefined) return 'unable'
  if (permission === 'denied') return 'blocked'
  return (await push.getSubscription()) ? 'on' : 'off'
}

/** Where this browser is sent messages; null where it is sent none. */
export async function current(device = thisDevice): Promise<Subscription | null> {
  const subscription = await (await manager(device))?.getSubscription()
  return subscription ? told(subscription) : null
}

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** base64url, as the server tells its key. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const padded = key.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(padded), (char) => char.charCodeAt(0))
}

/**
 * Asks for permission, and the browser's push service for an address; null when the user does not want it.
 *
 * Rejects when the push service cannot be reached. A subscription for another key of the server is renewed.
 */
export async function subscribe(key: string, device = thisDevice): Promise<Subscription | null> {
  const push = await manager(device)
  if (!push || (await device.ask()) !== 'granted') return null
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
  let subscription: PushSubscription
  try {
    subscription = await push.subscribe(options)
  } catch (error) {
    const old = await push.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    subscription = await push.subscribe(options)
  }
  return told(subscription)
}

function told(subscription: PushSubscription): Subscription {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
}

/** Ends the subscription of this browser; its address, null if there was none. */
export async function unsubscribe(device = thisDevice): Promise<string | null> {
  const subscription = await (await manager(device))?.getSubscription()
  if (!subscription) return null
  await subscription.unsubscribe()
  return subscription.endpoint
}
