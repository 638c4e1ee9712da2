import { api, unwrap } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type Notification = Schemas['Notification']
export type NotificationPage = Schemas['NotificationPage']
export type NotificationSettings = Required<Schemas['NotificationSettings']>

/** What was told belongs to the moment: no copies. */
const NOW = { cache: 'no-store' } as const

export const listNotifications = (before?: string, limit?: number): Promise<NotificationPage> =>
  unwrap(api.GET('/api/notifications', { params: { query: { before, limit } }, ...NOW }))
/** Null: all of them. */
export const readNotifications = (ids: string[] | null): Promise<{ unread: number }> =>
  unwrap(api.POST('/api/notifications/read', { body: { ids } }))

export const getNotificationSettings = (): Promise<NotificationSettings> =>
  unwrap(api.GET('/api/notification-settings', NOW)) as Promise<NotificationSettings>
export const patchNotificationSettings = (
  body: Schemas['PatchedNotificationSettingsRequest'],
): Promise<NotificationSettings> =>
  unwrap(api.PATCH('/api/notification-settings', { body })) as Promise<NotificationSettings>

export const subscribePush = (body: Schemas['PushSubscriptionRequest']): Promise<unknown> =>
  unwrap(api.POST('/api/push-subscriptions', { body }))
export const unsubscribePush = (endpoint: string): Promise<unknown> =>
  unwrap(api.POST('/api/push-subscriptions/remove', { body: { endpoint } }))
